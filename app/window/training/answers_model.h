// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include "app/session/inference_text.h"

namespace pimento {

// The answers of all variants to one picture, a row each, as people read them.
class AnswersModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column : int {
    VariantColumn,
    AnswerColumn,
    CertaintyColumn,
    NextColumn,
    EnergyColumn,
    LatencyColumn,
    ColumnCount
  };
  static constexpr int ShareRole = Qt::UserRole;  // of a bar behind the text, 0 to 1

  using QAbstractTableModel::QAbstractTableModel;
  void setAnswers(const Inference &inference, const std::vector<InferenceCost> &costs);

  [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex &at, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  [[nodiscard]] QString textOf(std::size_t row, Column column) const;
  [[nodiscard]] QVariant shareOf(std::size_t row, Column column) const;

  Inference m_inference;
  std::vector<InferenceCost> m_costs;
};

// Draws a cell's share as a bar in the colour of a chart, the text over it.
class ShareDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

}  // namespace pimento
