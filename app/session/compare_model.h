// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "core/base/report_table.h"
#include "core/explore/design_table.h"

namespace pimento {

class Session;

// Pinned designs side by side: a column a design, a row a metric, each value with the sign of its kind and its
// difference from the first pin.
class CompareModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit CompareModel(Session &session, QObject *parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex &at, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  // What the signs mean, and why designs are not valid: lines below the table.
  [[nodiscard]] QString legend() const;

  // The comparison as a table to copy or export. report() is for programs: metric, unit, and for each pin a column of
  // full precision and one of kinds. summary() is for people: a column a pin, with notes.
  [[nodiscard]] ReportTable report() const;
  [[nodiscard]] ReportTable summary() const;

 private:
  void reload();
  [[nodiscard]] QString text(std::size_t pin, Metric metric) const;

  Session &m_session;
  std::vector<std::uint32_t> m_pins;
  std::vector<Metric> m_metrics;  // those that a pinned design has
};

}  // namespace pimento
