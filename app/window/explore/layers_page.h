// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/window/controls/page.h"

class QComboBox;
class QLabel;
class QTableView;

namespace pimento {

class BarChart;
class ReportModel;
class Session;

// The layers of the network at hand: AND operations, MACs, utilisation and estimated cost, as a chart and as a table.
class LayersPage : public Page {
  Q_OBJECT
 public:
  explicit LayersPage(Session &session, QWidget *parent = nullptr);

  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] ReportTable report() const override;

 protected:
  void refresh() override;

 private:
  void showRowOf(std::size_t bar);
  [[nodiscard]] QString where() const;

  Session &m_session;
  QComboBox *m_picker;
  QLabel *m_where;
  BarChart *m_chart;
  ReportModel *m_model;
  QTableView *m_table;
};

}  // namespace pimento
