// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/ratio_figure.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/format.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

constexpr double widestNames = 0.42;  // of the width; longer names are broken

bool hasPlace(double ratio) { return std::isfinite(ratio) && ratio > 0; }

QColor dotColour(Agreement agreement, const Style &style) {
  if (agreement == Agreement::Untested) return style.theme.mutedText;
  return agreement == Agreement::Outside ? style.theme.warning : style.theme.hue(0);
}

void paintDot(QPainter &painter, QPointF at, Agreement agreement, const Style &style) {
  const double r = style.em() * 0.3;
  const QColor colour = dotColour(agreement, style);
  painter.setPen(QPen(colour, style.hairline() * 2));
  painter.setBrush(agreement == Agreement::Untested ? style.theme.background : colour);
  if (agreement != Agreement::Outside) return painter.drawEllipse(at, r, r);
  painter.setPen(QPen(style.theme.background, style.hairline() * 1.5));
  const double d = style.em() * 0.56;
  painter.drawPolygon(QPolygonF{at + QPointF(0, -d), at + QPointF(d, 0), at + QPointF(0, d), at + QPointF(-d, 0)});
}

void paintTolerance(QPainter &painter, const QRectF &box, const Style &style) {
  QColor shade = style.theme.mutedText;
  shade.setAlphaF(0.28F);
  painter.fillRect(box, shade);
}

// A head that points off the axis, its tip at the edge.
void paintEdge(QPainter &painter, QPointF tip, double direction, Agreement agreement, const Style &style) {
  const QPointF back(-direction * style.em() * 0.7, 0);
  const QPointF side(0, style.em() * 0.42);
  painter.setPen(Qt::NoPen);
  painter.setBrush(dotColour(agreement, style));
  painter.drawPolygon(QPolygonF{tip, tip + back + side, tip + back - side});
}

QFont rowFont(Agreement agreement, const Style &style) {
  QFont font = style.smallFont();
  font.setBold(agreement == Agreement::Outside);
  return font;
}

LegendEntry dotEntry(Agreement agreement, const QString &text) {
  return {[agreement](QPainter &painter, QPointF c, const Style &style) { paintDot(painter, c, agreement, style); },
          text};
}

}  // namespace

QString RatioFigure::ratioText(std::size_t row) const {
  const double ratio = m_data.rows[row].ratio;
  return std::isfinite(ratio) ? fourDigits(ratio) + QLatin1Char('x') : DividesByZero;
}

bool RatioFigure::isBeyond(std::size_t row) const {
  const double ratio = m_data.rows[row].ratio;
  return m_data.range && hasPlace(ratio) && (ratio < m_data.range->low || ratio > m_data.range->high);
}

Scale RatioFigure::scale() const {
  std::vector<double> values{0.9, 1 / 0.9};
  for (const RatioRow &row : m_data.rows) {
    if (hasPlace(row.ratio)) values.push_back(row.ratio);
    if (row.tolerance) values.insert(values.end(), {row.tolerance->low, row.tolerance->high});  // 0 is left out
  }
  if (m_data.range)
    for (double &value : values) value = std::clamp(value, m_data.range->low, m_data.range->high);
  return fitted(AxisScale::Log10, values, 0.04).value_or(Scale(AxisScale::Log10, 0.5, 2));
}

std::vector<LegendEntry> RatioFigure::legend() const {
  std::set<Agreement> used;
  bool tolerance = false;
  bool beyond = false;
  for (std::size_t i = 0; i < m_data.rows.size(); ++i) {
    const RatioRow &row = m_data.rows[i];
    if (isBeyond(i))
      beyond = true;
    else if (hasPlace(row.ratio))
      used.insert(row.agreement);
    tolerance = tolerance || row.tolerance.has_value();
  }
  std::vector<LegendEntry> entries;
  if (used.contains(Agreement::Within))
    entries.push_back(dotEntry(Agreement::Within, QStringLiteral("within its tolerance")));
  if (used.contains(Agreement::Outside))
    entries.push_back(dotEntry(Agreement::Outside, QStringLiteral("outside of it")));
  if (used.contains(Agreement::Untested))
    entries.push_back(dotEntry(Agreement::Untested, QStringLiteral("compared, without a tolerance")));
  if (beyond)
    entries.push_back({[](QPainter &painter, QPointF c, const Style &style) {
                         paintEdge(painter, c + QPointF(style.em() * 0.35, 0), 1, Agreement::Outside, style);
                       },
                       QStringLiteral("off the axis, with its value")});
  if (tolerance)
    entries.push_back({[](QPainter &painter, QPointF c, const Style &style) {
                         const double em = style.em();
                         paintTolerance(painter, QRectF(c.x() - em * 0.6, c.y() - em * 0.3, em * 1.2, em * 0.6), style);
                       },
                       QStringLiteral("tolerance")});
  return entries;
}

void RatioFigure::placeRows(Layout &result, const QRectF &inner, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  double y = result.area.top();
  QString group;
  for (const RatioRow &row : m_data.rows) {
    if (row.group != group) {
      y += result.groups.empty() ? em * 0.1 : em * 0.5;
      result.groups.emplace_back(inner.left(), y, inner.width(), line);
      result.groupNames << row.group;
      y += line + em * 0.15;
      group = row.group;
    }
    const QStringList name = wrapped(row.name, rowFont(row.agreement, style), result.names);
    const auto lines = static_cast<double>(std::max<qsizetype>(1, name.size()));
    result.rows.emplace_back(inner.left(), y, inner.width(), lines * line + em * 0.3);
    y = result.rows.back().bottom();
  }
  result.area.setBottom(std::max(result.area.top() + em, y + em * 0.2));
}

RatioFigure::Layout RatioFigure::layout(const QRectF &bounds, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  const QRectF inner = withinMargin(bounds, style);
  Layout result;
  result.heading = layOutHeading(m_data.title, m_data.takeaway, inner, style);
  double ratios = 0;
  for (std::size_t i = 0; i < m_data.rows.size(); ++i) {
    const QFont font = rowFont(m_data.rows[i].agreement, style);
    result.names = std::max(result.names, textWidth(m_data.rows[i].name, font));
    ratios = std::max(ratios, textWidth(ratioText(i), font));
  }
  result.names = std::min(result.names, inner.width() * widestNames);
  // A single word may be longer.
  for (const RatioRow &row : m_data.rows)
    for (const QString &part : wrapped(row.name, rowFont(row.agreement, style), result.names))
      result.names = std::max(result.names, textWidth(part, rowFont(row.agreement, style)));
  result.scale = scale();
  const double left = inner.left() + result.names + em * 0.9;
  const double width = std::max(em * 3, inner.right() - ratios - em * 0.9 - left);
  result.area = QRectF(left, result.heading.bottom() + em * 0.6 + line, width, em);
  placeRows(result, inner, style);
  const AxisSpec spec{.title = m_data.axisTitle, .base = {}};
  for (int labels = 7; labels >= 1; --labels) {
    result.ticks = axisTicks(result.scale, spec, labels);
    double end = -1e9;
    bool fits = true;
    for (const Tick &tick : result.ticks.ticks) {
      if (tick.label.isEmpty()) continue;
      const double half = textWidth(tick.label, small) / 2;
      const double centre = result.scale.toUnit(tick.value) * width;
      fits = fits && centre - half > end + em * 0.6;
      end = centre + half;
    }
    if (fits) break;
  }
  const double rows = legendHeight(legend(), inner.width(), style);
  result.legend = QRectF(inner.left(), result.area.bottom() + em * 0.5 + line * 2.1, inner.width(), rows);
  return result;
}

double RatioFigure::heightFor(double width, const Style &style) const {
  if (m_data.rows.empty()) return layout(QRectF(0, 0, width, 0), style).heading.bottom() + style.em() * 8;
  return layout(QRectF(0, 0, width, 0), style).legend.bottom() + style.em() * 0.3;
}

std::optional<QPointF> RatioFigure::position(const Layout &layout, std::size_t row) const {
  if (!hasPlace(m_data.rows[row].ratio)) return std::nullopt;
  const double unit = std::clamp(layout.scale.toUnit(m_data.rows[row].ratio), 0.0, 1.0);
  return QPointF(layout.area.left() + unit * layout.area.width(), layout.rows[row].center().y());
}

void RatioFigure::paintAxis(QPainter &painter, const Layout &layout, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  const QRectF &area = layout.area;
  for (const Tick &tick : layout.ticks.ticks) {
    const double x = area.left() + layout.scale.toUnit(tick.value) * area.width();
    const bool major = !tick.label.isEmpty();
    painter.setPen(QPen(style.theme.grid, style.hairline()));
    if (major) painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setPen(QPen(style.theme.axis, style.hairline()));
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + em * (major ? 0.3 : 0.16)));
    if (!major) continue;
    for (const double y : {area.bottom() + em * 0.35, area.top() - em * 0.15 - line})  // the list may be long
      drawText(painter, QRectF(x, y, 0, line), Qt::AlignHCenter, tick.label, small, style.theme.text, style);
  }
  drawText(painter, QRectF(area.left(), area.bottom() + em * 0.35 + line, area.width(), line), Qt::AlignHCenter,
           layout.ticks.title, small, style.theme.text, style);
  painter.setPen(QPen(style.theme.axis, style.hairline()));
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  painter.drawLine(area.topLeft(), area.topRight());
  painter.setPen(QPen(style.theme.text, style.hairline() * 1.4));
  const double one = area.left() + layout.scale.toUnit(1) * area.width();
  painter.drawLine(QPointF(one, area.top()), QPointF(one, area.bottom()));
}

void RatioFigure::paintBeyond(QPainter &painter, const Layout &layout, std::size_t index, const Style &style) const {
  const RatioRow &row = m_data.rows[index];
  const QPointF at = *position(layout, index);
  const double direction = row.ratio < 1 ? -1 : 1;
  paintEdge(painter, at, direction, row.agreement, style);
  const QFont font = rowFont(row.agreement, style);
  const double line = lineHeight(font);
  const QRectF text(at.x() - direction * style.em(), at.y() - line / 2, 0, line);
  drawText(painter, text, (direction < 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, ratioText(index), font,
           style.theme.text, style);
}

void RatioFigure::paintRow(QPainter &painter, const Layout &layout, std::size_t index, const Style &style) const {
  const RatioRow &row = m_data.rows[index];
  const QRectF &box = layout.rows[index];
  const QFont small = rowFont(row.agreement, style);
  const double em = style.em();
  const QStringList lines = wrapped(row.name, small, layout.names);
  double y = box.center().y() - lineHeight(small) * static_cast<double>(lines.size()) / 2;
  for (const QString &line : lines) {
    drawText(painter, QRectF(layout.area.left() - em * 0.6, y, 0, lineHeight(small)), Qt::AlignRight, line, small,
             style.theme.text, style);
    y += lineHeight(small);
  }
  const auto x = [&](double ratio) {
    return layout.area.left() + std::clamp(layout.scale.toUnit(ratio), 0.0, 1.0) * layout.area.width();
  };
  if (row.tolerance && hasPlace(row.tolerance->high)) {
    const double left = hasPlace(row.tolerance->low) ? x(row.tolerance->low) : layout.area.left();
    const double width = std::max(style.hairline() * 2, x(row.tolerance->high) - left);
    paintTolerance(painter, QRectF(left, box.center().y() - em * 0.28, width, em * 0.56), style);
  }
  if (isBeyond(index))
    paintBeyond(painter, layout, index, style);
  else if (const auto at = position(layout, index))
    paintDot(painter, *at, row.agreement, style);
  drawText(painter, QRectF(box.right(), box.top(), 0, box.height()), Qt::AlignRight | Qt::AlignVCenter,
           ratioText(index), small, style.theme.text, style);
}

void RatioFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  painter.fillRect(bounds, style.theme.background);
  const Layout sized = layout(bounds, style);
  drawHeading(painter, sized.heading, style);
  if (m_data.rows.empty()) {
    const QString text = m_data.emptyText.isEmpty() ? QStringLiteral("There is nothing to compare.") : m_data.emptyText;
    const QRectF rest(QPointF(bounds.left(), sized.heading.bottom()), bounds.bottomRight());
    return drawCentred(painter, rest, wrapped(text, style.font, bounds.width() * 0.8), style.font,
                       style.theme.mutedText, style);
  }
  paintAxis(painter, sized, style);
  QFont bold = style.smallFont();
  bold.setBold(true);
  for (std::size_t i = 0; i < sized.groups.size(); ++i)
    drawText(painter, sized.groups[i], Qt::AlignLeft, sized.groupNames[static_cast<qsizetype>(i)], bold,
             style.theme.text, style);
  for (std::size_t i = 0; i < m_data.rows.size(); ++i) paintRow(painter, sized, i, style);
  paintLegend(painter, sized.legend, legend(), style);
}

}  // namespace pimento
