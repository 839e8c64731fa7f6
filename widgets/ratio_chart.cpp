// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/ratio_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/base/format.h"

namespace pimento {

RatioChart::RatioChart(QWidget *parent) : FigureView(parent) {
  setAccessibleName(QStringLiteral("Ratios"));
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void RatioChart::setData(RatioData content) {
  m_figure = RatioFigure(std::move(content));
  figureChanged();
}

void RatioChart::layOut() { m_layout = m_figure.layout(QRectF(rect()), look()); }

int RatioChart::heightForWidth(int width) const {
  return static_cast<int>(std::ceil(m_figure.heightFor(width, look())));
}

QSize RatioChart::minimumSizeHint() const {
  return {static_cast<int>(look().em() * 22), static_cast<int>(look().em() * 8)};
}

QString RatioChart::textOf(std::size_t item) const {
  const RatioRow &row = m_figure.data().rows[item];
  QString text = QStringLiteral("%1, %2: %3").arg(row.group, row.name, m_figure.ratioText(item));
  if (row.tolerance)
    text += QStringLiteral(", %1 its tolerance of %2 to %3")
                .arg(row.agreement == Agreement::Within ? QStringLiteral("within") : QStringLiteral("outside"),
                     fourDigits(row.tolerance->low), fourDigits(row.tolerance->high));
  return text;
}

QString RatioChart::description() const {
  const RatioData &content = m_figure.data();
  if (content.rows.empty()) return content.emptyText;
  const auto outside = std::ranges::count(content.rows, Agreement::Outside, &RatioRow::agreement);
  return QStringLiteral("%1 %2 rows, %3 outside their tolerance.")
      .arg(content.takeaway)
      .arg(content.rows.size())
      .arg(outside);
}

std::optional<std::size_t> RatioChart::itemAt(QPointF position) const {
  const auto row = std::ranges::find_if(m_layout.rows, [&](const QRectF &at) { return at.contains(position); });
  if (row == m_layout.rows.end()) return std::nullopt;
  return static_cast<std::size_t>(row - m_layout.rows.begin());
}

QPointF RatioChart::placeOf(std::size_t item) const { return m_layout.rows[item].center(); }

void RatioChart::paintSelection(QPainter &painter, std::size_t item) const {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(look().theme.selection, look().hairline() * 2.4));
  painter.drawRect(m_layout.rows[item]);
}

}  // namespace pimento
