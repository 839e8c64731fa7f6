// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/answers_model.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "app/session/labels.h"
#include "core/base/format.h"
#include "widgets/figures/theme.h"

namespace pimento {

namespace {

QString percentText(double percent) { return QStringLiteral("%1 %").arg(percent, 0, 'f', 1); }

}  // namespace

void AnswersModel::setAnswers(const Inference &inference, const std::vector<InferenceCost> &costs) {
  beginResetModel();
  m_inference = inference;
  m_costs = costs;
  endResetModel();
}

int AnswersModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_inference.answers.size());
}

int AnswersModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString AnswersModel::textOf(std::size_t row, Column column) const {
  const Answer &answer = m_inference.answers[row];
  const std::vector<std::size_t> order = answer.order();
  const bool costed = row < m_costs.size();
  switch (column) {
    case VariantColumn:
      return variantTitle(answer.variant);
    case AnswerColumn: {
      const auto right = isRight(m_inference, answer);
      const QString mark = !right ? QString() : *right ? QStringLiteral("✓ ") : QStringLiteral("✗ ");
      return mark + className(m_inference, order[0]);
    }
    case CertaintyColumn:
      return percentText(answer.certainty_pct[order[0]]);
    case NextColumn:
      return order.size() < 2 ? QString()
                              : QStringLiteral("%1 %2").arg(className(m_inference, order[1]),
                                                            percentText(answer.certainty_pct[order[1]]));
    case EnergyColumn:
      return costed ? shortValue(Metric::Energy, m_costs[row].energy_uj) : QStringLiteral("n/a");
    case LatencyColumn:
      return costed ? shortValue(Metric::Latency, m_costs[row].latency_us) : QStringLiteral("n/a");
    case ColumnCount:
      break;
  }
  return {};
}

QVariant AnswersModel::shareOf(std::size_t row, Column column) const {
  if (column == CertaintyColumn) return m_inference.answers[row].certainty_pct[m_inference.answers[row].best()] / 100;
  if (row >= m_costs.size()) return {};
  const auto share = [&](auto member) {
    const InferenceCost &most = *std::ranges::max_element(m_costs, {}, member);
    return most.*member > 0 ? QVariant(m_costs[row].*member / (most.*member)) : QVariant();
  };
  if (column == EnergyColumn) return share(&InferenceCost::energy_uj);
  if (column == LatencyColumn) return share(&InferenceCost::latency_us);
  return {};
}

QVariant AnswersModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  const auto row = static_cast<std::size_t>(at.row());
  const auto column = static_cast<Column>(at.column());
  if (role == Qt::DisplayRole) return textOf(row, column);
  if (role == ShareRole) return shareOf(row, column);
  if (role == Qt::AccessibleTextRole && column == AnswerColumn) {
    const auto right = isRight(m_inference, m_inference.answers[row]);
    return className(m_inference, m_inference.answers[row].best()) + (!right   ? QString()
                                                                      : *right ? QStringLiteral(", right")
                                                                               : QStringLiteral(", wrong"));
  }
  if (role == Qt::TextAlignmentRole && column != VariantColumn && column != AnswerColumn && column != NextColumn)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant AnswersModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const QStringList titles{QStringLiteral("Variant"),     QStringLiteral("Answer"), QStringLiteral("Certainty"),
                                  QStringLiteral("Second best"), QStringLiteral("Energy"), QStringLiteral("Latency")};
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return titles.value(section);
}

void ShareDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const {
  QStyleOptionViewItem plain = option;
  plain.state &= ~QStyle::State_HasFocus;
  const QVariant share = index.data(AnswersModel::ShareRole);
  if (share.isValid() && (option.state & QStyle::State_Selected) == 0) {
    QColor colour = themeFor(option.palette).hue(index.column() == AnswersModel::CertaintyColumn ? 0 : 2);
    colour.setAlphaF(0.35F);
    QRectF bar = QRectF(option.rect).adjusted(1, 2, -1, -2);
    bar.setWidth(bar.width() * std::clamp(share.toDouble(), 0.0, 1.0));
    painter->fillRect(bar, colour);
  }
  QStyledItemDelegate::paint(painter, plain, index);
}

}  // namespace pimento
