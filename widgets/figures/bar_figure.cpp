// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/bar_figure.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/format.h"
#include "widgets/figures/component_fill.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

bool drawn(double value) { return std::isfinite(value) && value > 0; }

}  // namespace

double total(const Bar &bar) {
  double sum = 0;
  for (const BarPart &part : bar.parts)
    if (drawn(part.value)) sum += part.value;
  return sum;
}

BarData layerBars(const QString &title, const AxisSpec &axis, const std::vector<LayerValue> &layers) {
  BarData result{.title = title, .axis = axis};
  for (const LayerValue &layer : layers) {
    if (!result.components.contains(layer.module)) result.components << layer.module;
    const auto module = static_cast<std::size_t>(result.components.indexOf(layer.module));
    result.bars.push_back({layer.layer, {{module, layer.value}}});
  }
  return result;
}

BarFigure::BarFigure(BarData data) : m_data(std::move(data)) {
  for (const Bar &bar : m_data.bars)
    for (const BarPart &part : bar.parts)
      if (part.component >= static_cast<std::size_t>(m_data.components.size()))
        throw Error(QStringLiteral("bar %1").arg(quoted(bar.name)), QStringLiteral("a part has no component"));
}

std::vector<LegendEntry> BarFigure::legend() const {
  std::set<std::size_t> used;
  for (const Bar &bar : m_data.bars)
    for (const BarPart &part : bar.parts)
      if (drawn(part.value)) used.insert(part.component);
  std::vector<LegendEntry> entries;
  if (m_data.components.size() == 1 && m_data.components.front().isEmpty()) return entries;
  for (const std::size_t component : used)
    entries.push_back({[component](QPainter &painter, QPointF c, const Style &style) {
                         const double em = style.em();
                         fillComponent(painter,
                                       QPolygonF(QRectF(c.x() - em * 0.6, c.y() - em * 0.3, em * 1.2, em * 0.6)),
                                       component, style);
                       },
                       m_data.components[static_cast<qsizetype>(component)]});
  return entries;
}

QString BarFigure::totalText(const Bar &bar) const {
  const double value = total(bar);
  if (m_data.totals == BarData::Totals::Hidden) return {};
  if (value == 0) return QStringLiteral("n/a");
  return axisValue(m_data.axis, value);
}

BarFigure::Layout BarFigure::layout(const QRectF &bounds, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  Layout result;
  const QRectF inner = withinMargin(bounds, style);
  result.heading = layOutHeading(m_data.title, m_data.takeaway, inner, style);
  double y = result.heading.bottom();
  const double legendRows = legendHeight(legend(), inner.width(), style);
  result.legend = QRectF(inner.left(), inner.bottom() - legendRows, inner.width(), legendRows);
  double names = 0;
  double totals = 0;
  double most = 0;
  for (const Bar &bar : m_data.bars) {
    names = std::max(names, textWidth(bar.name, small));
    totals = std::max(totals, textWidth(totalText(bar), small));
    most = std::max(most, total(bar));
  }
  const double top = y + em * 0.6;
  const double bottom = result.legend.top() - (legendRows > 0 ? em * 0.4 : 0) - line * 2 - em * 0.5;
  result.area =
      QRectF(QPointF(inner.left() + names + em * 0.7, top),
             QPointF(std::max(inner.left() + names + em * 4, inner.right() - em * 0.9), std::max(top + em, bottom)));
  // The longest bar leaves room for its total.
  const double room = std::clamp((totals + em * 0.8) / result.area.width(), 0.02, 0.6);
  result.scale = Scale(AxisScale::Linear, 0, most > 0 ? most / (1 - room) : 1);
  for (int labels = 7; labels >= 1; --labels) {
    result.ticks = axisTicks(result.scale, m_data.axis, labels);
    double end = -1e9;
    bool fits = true;
    for (const Tick &tick : result.ticks.ticks) {
      const double half = textWidth(tick.label, small) / 2;
      const double centre = result.scale.toUnit(tick.value) * result.area.width();
      fits = fits && centre - half > end + em * 0.7;
      end = centre + half;
    }
    if (fits) break;
  }
  result.row = m_data.bars.empty() ? 0 : result.area.height() / static_cast<double>(m_data.bars.size());
  return result;
}

double BarFigure::heightFor(double width, const Style &style) const {
  const double em = style.em();
  const Layout sized = layout(QRectF(0, 0, width, em * 400), style);
  const double around = em * 400 - sized.area.height();
  const double row = lineHeight(style.smallFont()) * (m_data.bars.size() > 20 ? 1.15 : 1.7);
  return around + std::max(em * 4, row * static_cast<double>(m_data.bars.size()));
}

QRectF BarFigure::barBox(const Layout &layout, std::size_t bar) const {
  return {layout.area.left(), layout.area.top() + layout.row * static_cast<double>(bar), layout.area.width(),
          layout.row};
}

QRectF BarFigure::partBox(const Layout &layout, std::size_t bar, std::size_t part) const {
  const QRectF row = barBox(layout, bar);
  const std::vector<BarPart> &parts = m_data.bars[bar].parts;
  if (!drawn(parts[part].value)) return {};
  double before = 0;
  for (std::size_t p = 0; p < part; ++p)
    if (drawn(parts[p].value)) before += parts[p].value;
  const double left = row.left() + layout.scale.toUnit(before) * row.width();
  const double right = row.left() + layout.scale.toUnit(before + parts[part].value) * row.width();
  const double gap = layout.row * 0.14;
  return {left, row.top() + gap, right - left, layout.row - 2 * gap};
}

void BarFigure::paintAxis(QPainter &painter, const Layout &layout, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  for (const Tick &tick : layout.ticks.ticks) {
    const double x = layout.area.left() + layout.scale.toUnit(tick.value) * layout.area.width();
    painter.setPen(QPen(style.theme.grid, style.hairline()));
    painter.drawLine(QPointF(x, layout.area.top()), QPointF(x, layout.area.bottom()));
    painter.setPen(QPen(style.theme.axis, style.hairline()));
    painter.drawLine(QPointF(x, layout.area.bottom()), QPointF(x, layout.area.bottom() + em * 0.3));
    drawText(painter, QRectF(x, layout.area.bottom() + em * 0.35, 0, line), Qt::AlignHCenter, tick.label, small,
             style.theme.text, style);
  }
  drawText(painter, QRectF(layout.area.left(), layout.area.bottom() + em * 0.35 + line, layout.area.width(), line),
           Qt::AlignHCenter, layout.ticks.title, small, style.theme.text, style);
  painter.setPen(QPen(style.theme.axis, style.hairline()));
  painter.drawLine(layout.area.topLeft(), layout.area.bottomLeft());
  painter.drawLine(layout.area.bottomLeft(), layout.area.bottomRight());
}

void BarFigure::paintBar(QPainter &painter, const Layout &layout, std::size_t index, const Style &style) const {
  const Bar &bar = m_data.bars[index];
  const QFont small = style.smallFont();
  const double em = style.em();
  const QRectF row = barBox(layout, index);
  double end = row.left();
  for (std::size_t p = 0; p < bar.parts.size(); ++p) {
    const QRectF box = partBox(layout, index, p);
    if (box.isEmpty()) continue;
    fillComponent(painter, QPolygonF(box), bar.parts[p].component, style);
    // A line of background between parts, unless the part is thinner than that.
    const double gap = style.hairline() * 0.8;
    if (end > row.left() && box.width() > 3 * gap)
      painter.fillRect(QRectF(box.left() - gap / 2, box.top(), gap, box.height()), style.theme.background);
    end = box.right();
  }
  // Rows lower than a line are named one in so many, and their totals would run into the neighbours' bars.
  const auto stride = static_cast<std::size_t>(std::max(1.0, std::ceil(lineHeight(small) * 0.98 / layout.row)));
  if (index % stride != 0) return;
  drawText(painter, QRectF(row.left() - em * 0.4, row.top(), 0, row.height()), Qt::AlignRight | Qt::AlignVCenter,
           bar.name, small, style.theme.text, style);
  if (stride > 1) return;
  drawText(painter, QRectF(end + em * 0.4, row.top(), 0, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
           totalText(bar), small, style.theme.text, style);
}

void BarFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  const Theme &theme = style.theme;
  painter.fillRect(bounds, theme.background);
  const Layout sized = layout(bounds, style);
  drawHeading(painter, sized.heading, style);
  if (m_data.bars.empty()) {
    const QString text =
        m_data.emptyText.isEmpty() ? QStringLiteral("There is nothing to break down.") : m_data.emptyText;
    const QRectF middle = bounds.adjusted(style.em() * 2, 0, -style.em() * 2, 0);
    const QStringList lines = wrapped(text, style.font, middle.width());
    drawCentred(painter, middle, lines, style.font, theme.mutedText, style);
    return;
  }
  paintAxis(painter, sized, style);
  for (std::size_t bar = 0; bar < m_data.bars.size(); ++bar) paintBar(painter, sized, bar, style);
  paintLegend(painter, sized.legend, legend(), style);
}

}  // namespace pimento
