// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/histogram_figure.h"

#include <QPainter>
#include <QPen>
#include <QPolygonF>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/base/format.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

double middle(const Distribution &d, std::size_t bin) { return d.first + (static_cast<double>(bin) + 0.5) * d.width; }

Hatch hatchOf(std::size_t distribution) {
  constexpr std::array hatches{Hatch::Rising, Hatch::Falling, Hatch::Level, Hatch::Upright, Hatch::Crossed};
  return hatches[distribution % hatches.size()];
}

QPen outlinePen(std::size_t distribution, const Style &style) {
  return {style.theme.hue(distribution), style.hairline() * 1.8, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin};
}

QPen beforePen(const Style &style) {
  QPen pen(style.theme.dominated, style.hairline() * 1.8, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
  pen.setDashPattern({2.5, 1.5});
  return pen;
}

void fillSteps(QPainter &painter, const QPolygonF &steps, std::size_t distribution, const Style &style) {
  QColor shade = style.theme.hue(distribution);
  shade.setAlphaF(0.22F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(shade);
  painter.drawPolygon(steps);
  painter.setPen(QPen(style.theme.hue(distribution), style.hairline() * 0.9, Qt::SolidLine, Qt::FlatCap));
  paintHatch(painter, steps, hatchOf(distribution), style.em() * 0.34);
}

// A line with heads at both ends, as on technical drawings.
void drawDimension(QPainter &painter, double left, double right, double y, const Style &style) {
  const double head = std::min(style.em() * 0.35, (right - left) * 0.4);
  painter.drawLine(QPointF(left, y), QPointF(right, y));
  for (const auto &[tip, direction] : {std::pair{left, 1.0}, {right, -1.0}}) {
    painter.drawLine(QPointF(tip, y), QPointF(tip + direction * head, y - head * 0.45));
    painter.drawLine(QPointF(tip, y), QPointF(tip + direction * head, y + head * 0.45));
  }
}

}  // namespace

double total(const Distribution &d) { return std::accumulate(d.counts.begin(), d.counts.end(), 0.0); }

double meanOf(const Distribution &d) {
  if (d.mean) return *d.mean;
  double sum = 0;
  for (std::size_t i = 0; i < d.counts.size(); ++i) sum += d.counts[i] * middle(d, i);
  return sum / total(d);
}

double deviationOf(const Distribution &d) {
  const double mean = meanOf(d);
  double sum = 0;
  for (std::size_t i = 0; i < d.counts.size(); ++i) sum += d.counts[i] * std::pow(middle(d, i) - mean, 2);
  return std::sqrt(sum / total(d));
}

HistogramFigure::HistogramFigure(HistogramData data) : m_data(std::move(data)) {
  for (const Distribution &d : m_data.distributions) {
    const auto place = [&] { return QStringLiteral("distribution %1").arg(quoted(d.name)); };
    if (!(d.width > 0) || !std::isfinite(d.width) || !std::isfinite(d.first))
      throw Error(place(), QStringLiteral("its bins have no width"));
    if (std::ranges::any_of(d.counts, [](double count) { return !(count >= 0) || !std::isfinite(count); }))
      throw Error(place(), QStringLiteral("a count is not a number of at least 0"));
  }
}

bool HistogramFigure::isEmpty() const {
  return std::ranges::none_of(m_data.distributions, [](const Distribution &d) { return total(d) > 0; });
}

View HistogramFigure::view() const {
  std::vector<double> values;
  double most = 0;
  double least = std::numeric_limits<double>::infinity();
  for (const auto *list : {&m_data.distributions, &m_data.before})
    for (const Distribution &d : *list)
      for (std::size_t i = 0; i < d.counts.size(); ++i) {
        if (d.counts[i] == 0) continue;
        values.insert(values.end(), {middle(d, i) - d.width / 2, middle(d, i) + d.width / 2});
        most = std::max(most, d.counts[i]);
        least = std::min(least, d.counts[i]);
      }
  for (const ReferenceLine &line : m_data.references) values.push_back(line.value);
  const Scale x = fitted(AxisScale::Linear, values, 0.03).value_or(Scale(AxisScale::Linear, 0, 1));
  if (most == 0) return {x, Scale(AxisScale::Linear, 0, 1)};
  // A single count stands half a step above a logarithmic baseline.
  if (m_data.countScale == AxisScale::Log10) return {x, Scale(AxisScale::Log10, least * 0.5, most * 1.5)};
  return {x, Scale(AxisScale::Linear, 0, most * 1.06)};
}

std::vector<LegendEntry> HistogramFigure::legend() const {
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < m_data.distributions.size(); ++i)
    entries.push_back({[i](QPainter &painter, QPointF c, const Style &style) {
                         const double em = style.em();
                         const QRectF box(c.x() - em * 0.6, c.y() - em * 0.35, em * 1.2, em * 0.7);
                         fillSteps(painter, QPolygonF(box), i, style);
                         painter.setBrush(Qt::NoBrush);
                         painter.setPen(outlinePen(i, style));
                         painter.drawRect(box);
                       },
                       m_data.distributions[i].name});
  if (!m_data.before.empty())
    entries.push_back({[](QPainter &painter, QPointF c, const Style &style) {
                         const double em = style.em();
                         painter.setBrush(Qt::NoBrush);
                         painter.setPen(beforePen(style));
                         painter.drawRect(QRectF(c.x() - em * 0.6, c.y() - em * 0.35, em * 1.2, em * 0.7));
                       },
                       QStringLiteral("the same before")});
  return entries;
}

QString HistogramFigure::marginText(std::size_t lower) const {
  return axisValue(m_data.axis, meanOf(m_data.distributions[lower + 1]) - meanOf(m_data.distributions[lower]));
}

double HistogramFigure::xOf(const Layout &layout, double value) const {
  return layout.frame.area.left() + layout.view.x.toUnit(value) * layout.frame.area.width();
}

HistogramFigure::Layout HistogramFigure::layout(const QRectF &bounds, const Style &style) const {
  const double em = style.em();
  const QRectF inner = withinMargin(bounds, style);
  Layout result;
  result.heading = layOutHeading(m_data.title, m_data.takeaway, inner, style);
  const double rows = legendHeight(legend(), inner.width(), style);
  result.legend = QRectF(inner.left(), inner.bottom() - rows, inner.width(), rows);
  result.view = view();
  const double top = result.heading.bottom() + em * 0.4;
  const double bottom = result.legend.top() - (rows > 0 ? em * 0.4 : 0);
  const AxisSpec counts{.title = m_data.countTitle, .base = {}};
  const auto frameBelow = [&](double strip) {
    const QRectF rest(QPointF(inner.left(), top + strip), QPointF(inner.right(), std::max(top + strip + em, bottom)));
    result.frame = layoutFrame(rest, result.view, m_data.axis, counts, style);
  };
  const auto strips = [&](double base) {
    std::vector<StripLabel> margins;
    std::vector<StripLabel> references;
    for (std::size_t i = 0; m_data.margins == Margins::Shown && i + 1 < m_data.distributions.size(); ++i) {
      const double between = (meanOf(m_data.distributions[i]) + meanOf(m_data.distributions[i + 1])) / 2;
      if (std::isfinite(between)) margins.push_back({xOf(result, between), marginText(i)});
    }
    for (const ReferenceLine &line : m_data.references) references.push_back({xOf(result, line.value), line.label});
    result.arrows = margins.empty() ? base : base - em * 0.45;
    result.margins = layOutStrip(std::move(margins), inner.left(), inner.right(), result.arrows - em * 0.3, style);
    const double above = result.arrows - (result.margins.height > 0 ? result.margins.height + em * 0.6 : 0);
    result.references = layOutStrip(std::move(references), inner.left(), inner.right(), above, style);
    return base - (above - result.references.height);
  };
  frameBelow(0);
  const double height = isEmpty() ? 0 : strips(0);
  frameBelow(std::max(0.0, height - lineHeight(style.smallFont()) / 2 + em * 0.1));
  if (!isEmpty()) (void)strips(result.frame.area.top() - em * 0.1);
  return result;
}

double HistogramFigure::heightFor(double width, const Style &style) const {
  const double em = style.em();
  const Layout sized = layout(QRectF(0, 0, width, em * 100), style);
  return em * 100 - sized.frame.area.height() + std::clamp(width * 0.38, em * 10, em * 20);
}

QPolygonF HistogramFigure::steps(const Layout &layout, std::size_t index) const {
  return stepsOf(layout, m_data.distributions[index]);
}

QPolygonF HistogramFigure::stepsOf(const Layout &layout, const Distribution &d) const {
  const QRectF &area = layout.frame.area;
  QPolygonF polygon;
  const auto x = [&](double value) { return std::clamp(xOf(layout, value), area.left(), area.right()); };
  const auto y = [&](double count) {
    const double unit = layout.view.y.toUnit(count);
    return area.bottom() - (std::isfinite(unit) ? std::clamp(unit, 0.0, 1.0) : 0) * area.height();
  };
  // From the first bin with a count to the last.
  const auto counted = [](double count) { return count > 0; };
  const auto first = std::ranges::find_if(d.counts, counted) - d.counts.begin();
  const auto last =
      d.counts.size() -
      static_cast<std::size_t>(std::find_if(d.counts.rbegin(), d.counts.rend(), counted) - d.counts.rbegin());
  for (auto i = static_cast<std::size_t>(first); i < last; ++i) {
    const double left = d.first + static_cast<double>(i) * d.width;
    if (polygon.isEmpty()) polygon << QPointF(x(left), area.bottom());
    polygon << QPointF(x(left), y(d.counts[i])) << QPointF(x(left + d.width), y(d.counts[i]));
  }
  if (!polygon.isEmpty()) polygon << QPointF(polygon.back().x(), area.bottom());
  return polygon;
}

void HistogramFigure::paintSteps(QPainter &painter, const Layout &layout, std::size_t index, const Style &style) const {
  const QPolygonF polygon = steps(layout, index);
  if (polygon.isEmpty()) return;
  fillSteps(painter, polygon, index, style);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(outlinePen(index, style));
  painter.drawPolyline(polygon);
}

void HistogramFigure::paintBefore(QPainter &painter, const Layout &layout, const Style &style) const {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(beforePen(style));
  for (const Distribution &d : m_data.before) painter.drawPolyline(stepsOf(layout, d));
}

void HistogramFigure::paintMargins(QPainter &painter, const Layout &layout, const Style &style) const {
  if (m_data.margins == Margins::Hidden) return;
  const QRectF &area = layout.frame.area;
  for (std::size_t i = 0; i < m_data.distributions.size(); ++i) {
    const double mean = meanOf(m_data.distributions[i]);
    if (!std::isfinite(mean) || !layout.view.x.contains(mean)) continue;
    const double x = xOf(layout, mean);
    painter.setPen(QPen(style.theme.mutedText, style.hairline(), Qt::DotLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x, layout.arrows - style.em() * 0.16));
    const double next = i + 1 < m_data.distributions.size() ? meanOf(m_data.distributions[i + 1]) : mean;
    if (!(next > mean)) continue;
    painter.setPen(QPen(style.theme.text, style.hairline()));
    drawDimension(painter, x, xOf(layout, next), layout.arrows, style);
  }
  drawStrip(painter, layout.margins, style.theme.text, style);
}

void HistogramFigure::paintReferences(QPainter &painter, const Layout &layout, const Style &style) const {
  const QRectF &area = layout.frame.area;
  painter.setPen(QPen(style.theme.text, style.hairline() * 1.8, Qt::DashLine, Qt::FlatCap));
  for (std::size_t i = 0; i < m_data.references.size(); ++i) {
    if (!layout.view.x.contains(m_data.references[i].value)) continue;
    const double x = xOf(layout, m_data.references[i].value);
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.top()));
    if (i >= layout.references.boxes.size()) continue;
    // On to its label, past the margins and whatever they say.
    double end = layout.references.boxes[i].bottom();
    double from = area.top();
    for (std::size_t m = layout.margins.boxes.size(); m-- > 0;)
      if (const QRectF &box = layout.margins.boxes[m]; box.left() <= x && x <= box.right()) {
        painter.drawLine(QPointF(x, from), QPointF(x, std::max(box.bottom(), end)));
        from = box.top();
      }
    if (from > end) painter.drawLine(QPointF(x, from), QPointF(x, end));
  }
  drawStrip(painter, layout.references, style.theme.text, style);
}

void HistogramFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  painter.fillRect(bounds, style.theme.background);
  const Layout sized = layout(bounds, style);
  drawHeading(painter, sized.heading, style);
  if (isEmpty()) {
    const QString text = m_data.emptyText.isEmpty() ? QStringLiteral("There is nothing to count.") : m_data.emptyText;
    return drawCentred(painter, sized.frame.bounds, wrapped(text, style.font, bounds.width() * 0.8), style.font,
                       style.theme.mutedText, style);
  }
  paintFrame(painter, sized.frame, sized.view, style);
  for (std::size_t i = 0; i < m_data.distributions.size(); ++i) paintSteps(painter, sized, i, style);
  paintBefore(painter, sized, style);
  paintMargins(painter, sized, style);
  paintReferences(painter, sized, style);
  paintLegend(painter, sized.legend, legend(), style);
}

}  // namespace pimento
