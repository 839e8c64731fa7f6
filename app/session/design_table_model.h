// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractTableModel>
#include <optional>
#include <variant>
#include <vector>

#include "core/explore/design_view.h"

namespace pimento {

class Session;

// The designs of the session's view as a table. Filtering and sorting are the view's, done in the engine; the model
// keeps nothing but which columns are worth showing.
class DesignTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit DesignTableModel(Session &session, QObject *parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex &at, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

  // By which column the rows are sorted now, -1 if by none that is shown.
  [[nodiscard]] std::pair<int, Qt::SortOrder> sorted() const;

  [[nodiscard]] std::uint32_t designRow(int row) const;
  [[nodiscard]] QModelIndex indexOf(std::uint32_t designRow) const;

 private:
  enum class Field : std::uint8_t {
    Network,
    Variant,
    Dataset,
    Training,
    Platform,
    Bits,
    Metric,
    Kind,
    Validity,
    Warnings
  };
  struct Column {
    Field field = Field::Network;
    Metric metric{};
  };
  void reload();
  [[nodiscard]] static std::optional<std::variant<Metric, KeyColumn>> sortColumn(const Column &column);
  [[nodiscard]] QString text(std::uint32_t row, const Column &column) const;

  Session &m_session;
  std::vector<Column> m_columns;
};

}  // namespace pimento
