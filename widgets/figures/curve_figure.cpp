// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/curve_figure.h"

#include <QPainter>
#include <QPen>
#include <QPolygonF>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/figures/clipping.h"
#include "widgets/figures/marker.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

constexpr double markerSide = 0.62;  // em
constexpr double MostLeader = 0.05;  // of the plot's width: from the end of a curve to the edge

// Visible pieces of a line through points; a point without a place ends a piece.
std::vector<QPolygonF> pieces(const std::vector<std::optional<QPointF>> &points, const QRectF &area) {
  std::vector<QPolygonF> result;
  bool joined = false;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto part = points[i - 1] && points[i] ? clipped(QLineF(*points[i - 1], *points[i]), area) : std::nullopt;
    if (!part) {
      joined = false;
      continue;
    }
    if (!joined) result.push_back(QPolygonF{part->p1()});
    result.back() << part->p2();
    joined = part->p2() == *points[i];
  }
  return result;
}

// One point alone is joined to nothing.
bool isLine(const CurveSeries &series) { return series.line == CurveSeries::Line::Drawn && series.points.size() > 1; }

// An axis of values that are all above zero and reach near it starts there.
std::optional<Scale> scaleOf(AxisScale kind, const std::vector<double> &values, double room) {
  auto scale = fitted(kind, values, room);
  if (!scale || kind == AxisScale::Log10) return scale;
  double least = std::numeric_limits<double>::infinity();
  for (const double value : values)
    if (std::isfinite(value)) least = std::min(least, value);
  if (least >= 0 && least < 0.5 * scale->high()) scale = Scale(kind, 0, scale->high());
  return scale;
}

void paintMarkCross(QPainter &painter, QPointF at, const Style &style) {
  const double arm = style.em() * 0.36;
  for (const auto &[colour, width] :
       {std::pair{style.theme.background, style.hairline() * 5}, {style.theme.text, style.hairline() * 2}}) {
    painter.setPen(QPen(colour, width));
    painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm));
    painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm));
  }
}

}  // namespace

QPen curvePen(std::size_t look, const Style &style) {
  static const std::array<QList<qreal>, 5> dashes{
      {{}, {5, 2.5}, {1.2, 1.8}, {7, 2, 1.2, 2}, {2.6, 1.6}}};  // in widths of the line
  QPen pen(style.theme.hue(look), style.hairline() * 2.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  if (const QList<qreal> &pattern = dashes[look % dashes.size()]; !pattern.isEmpty()) pen.setDashPattern(pattern);
  return pen;
}

std::size_t CurveFigure::lookOf(std::size_t series) const { return m_data.series[series].look.value_or(series); }

QPen CurveFigure::penOf(std::size_t series, const Style &style) const {
  if (m_data.series[series].ink == CurveSeries::Ink::Own) return curvePen(lookOf(series), style);
  QPen pen(style.theme.dominated, style.hairline() * 2.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  pen.setDashPattern({3.5, 2});
  return pen;
}

View CurveFigure::view() const {
  std::vector<double> x;
  std::vector<double> y;
  for (const CurveSeries &series : m_data.series)
    for (const QPointF point : series.points) {
      // What one axis can not show must not stretch the other.
      if (!std::isfinite(Scale::toAxis(m_data.xScale, point.x())) ||
          !std::isfinite(Scale::toAxis(m_data.yScale, point.y())))
        continue;
      x.push_back(point.x());
      y.push_back(point.y());
    }
  if (m_data.band)
    for (const CurveBand::Edge &edge : m_data.band->edges) {
      x.push_back(edge.x);
      y.insert(y.end(), {edge.low, edge.high});
    }
  if (m_data.mark) {
    x.push_back(m_data.mark->x);
    if (m_data.mark->y) y.push_back(*m_data.mark->y);
  }
  const auto fallback = [](AxisScale kind) {
    return kind == AxisScale::Log10 ? Scale(kind, 1, 10) : Scale(kind, 0, 1);
  };
  return {scaleOf(m_data.xScale, x, 0.03).value_or(fallback(m_data.xScale)),
          scaleOf(m_data.yScale, y, 0.06).value_or(fallback(m_data.yScale))};
}

bool CurveFigure::isEmpty() const {
  return std::ranges::none_of(m_data.series, [&](const CurveSeries &series) {
    return std::ranges::any_of(series.points, [&](QPointF point) {
      return std::isfinite(Scale::toAxis(m_data.xScale, point.x())) &&
             std::isfinite(Scale::toAxis(m_data.yScale, point.y()));
    });
  });
}

std::vector<LegendEntry> CurveFigure::legend() const {
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < m_data.series.size(); ++i) {
    const CurveSeries &series = m_data.series[i];
    if (series.points.empty() || series.name.isEmpty() || m_data.names == CurveData::Names::AtEnds) continue;
    entries.push_back(
        {[this, i, line = series.line, markers = series.markers](QPainter &painter, QPointF c, const Style &style) {
           painter.setPen(penOf(i, style));
           if (line == CurveSeries::Line::Drawn)
             painter.drawLine(c - QPointF(0.7, 0) * style.em(), c + QPointF(0.7, 0) * style.em());
           if (!markers) return;
           const PointStyle point{.kind = *markers, .hue = static_cast<std::uint8_t>(lookOf(i))};
           paintMarker(painter, c, style.em() * markerSide, point, style.theme);
         },
         series.name});
  }
  if (m_data.mark && m_data.mark->y && !m_data.mark->name.isEmpty())
    entries.push_back({paintMarkCross, m_data.mark->name});
  if (m_data.band && !m_data.band->name.isEmpty())
    entries.push_back({[](QPainter &painter, QPointF c, const Style &style) {
                         QColor shade = style.theme.mutedText;
                         shade.setAlphaF(0.25F);
                         swatch(shade, {}).symbol(painter, c, style);
                       },
                       m_data.band->name});
  return entries;
}

CurveFigure::Layout CurveFigure::layout(const QRectF &bounds, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const QRectF inner = withinMargin(bounds, style);
  Layout result;
  result.heading = layOutHeading(m_data.title, m_data.takeaway, inner, style);
  const double rows = legendHeight(legend(), inner.width(), style);
  result.legend = QRectF(inner.left(), inner.bottom() - rows, inner.width(), rows);
  result.view = view();
  const bool marked = m_data.mark && std::isfinite(result.view.x.toUnit(m_data.mark->x));
  // On the screen a note comes and goes: its line stays, so that the plot does not jump.
  const bool noted = style.medium == Medium::Screen || !m_data.note.isEmpty();
  const QRectF rest(inner.left(), result.heading.bottom() + em * 0.3, inner.width(), 0);
  const auto frameBelow = [&](double strip) {
    const double top = rest.top() + strip;
    const double bottom = result.legend.top() - (rows > 0 ? em * 0.4 : 0);
    const double right = std::max(rest.center().x(), rest.right() - namesWidth(style));
    return layoutFrame(QRectF(QPointF(rest.left(), top), QPointF(right, std::max(top + em, bottom))), result.view,
                       m_data.xAxis, m_data.yAxis, style);
  };
  std::vector<StripLabel> labels;
  const QRectF area = frameBelow(0).area;
  if (marked) labels.push_back({area.left() + result.view.x.toUnit(m_data.mark->x) * area.width(), m_data.mark->label});
  if (noted) labels.push_back({area.right() - textWidth(m_data.note, small) / 2, m_data.note});
  const double height = layOutStrip(labels, inner.left(), inner.right(), 0, style).height;
  result.frame = frameBelow(std::max(0.0, height - lineHeight(small) / 2));
  result.strip = layOutStrip(std::move(labels), inner.left(), inner.right(), result.frame.area.top() - em * 0.1, style);
  result.names = endLabels(result, style);
  return result;
}

double CurveFigure::heightFor(double width, const Style &style) const {
  const double em = style.em();
  const Layout sized = layout(QRectF(0, 0, width, em * 100), style);
  return em * 100 - sized.frame.area.height() + std::clamp(width * 0.42, em * 11, em * 22);
}

std::optional<QPointF> CurveFigure::position(const Layout &layout, std::size_t series, std::size_t point) const {
  const QPointF value = m_data.series[series].points[point];
  const QPointF at = layout.view.map(value.x(), value.y(), layout.frame.area);
  return std::isfinite(at.x()) && std::isfinite(at.y()) ? std::optional(at) : std::nullopt;
}

void CurveFigure::paintBand(QPainter &painter, const Layout &layout, const Style &style) const {
  if (!m_data.band) return;
  const QRectF &area = layout.frame.area;
  QPolygonF upper;
  QPolygonF lower;
  for (const CurveBand::Edge &edge : m_data.band->edges) {
    const QPointF high = layout.view.map(edge.x, edge.high, area);
    const QPointF low = layout.view.map(edge.x, edge.low, area);
    if (!std::isfinite(high.x()) || !std::isfinite(high.y())) continue;
    upper << high;
    lower.prepend(QPointF(low.x(), std::isfinite(low.y()) ? low.y() : area.bottom()));
  }
  QColor shade = style.theme.mutedText;
  shade.setAlphaF(0.2F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(shade);
  painter.drawPolygon(QPolygonF(upper + lower).intersected(QPolygonF(area)));
}

void CurveFigure::paintSeries(QPainter &painter, const Layout &layout, std::size_t index, const Style &style) const {
  const CurveSeries &series = m_data.series[index];
  const QRectF &area = layout.frame.area;
  std::vector<std::optional<QPointF>> points;
  for (std::size_t i = 0; i < series.points.size(); ++i) points.push_back(position(layout, index, i));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(penOf(index, style));
  if (series.line == CurveSeries::Line::Drawn)
    for (const QPolygonF &piece : pieces(points, area)) painter.drawPolyline(piece);
  if (!series.markers && isLine(series)) return;
  for (const auto &at : points)
    if (at && area.contains(*at)) paintMarkerOf(painter, *at, index, style);
}

// What stands at a point of a series: its marker; a dot for one without, where no line shows it.
void CurveFigure::paintMarkerOf(QPainter &painter, QPointF at, std::size_t index, const Style &style) const {
  const CurveSeries &series = m_data.series[index];
  const QPen pen = penOf(index, style);
  if (series.markers) {
    const PointStyle marker{.kind = *series.markers, .hue = static_cast<std::uint8_t>(lookOf(index))};
    return paintMarker(painter, at, style.em() * markerSide, marker, style.theme);
  }
  if (series.line == CurveSeries::Line::None || isLine(series)) return;  // the line shows it
  painter.setPen(Qt::NoPen);
  painter.setBrush(pen.color());
  painter.drawEllipse(at, style.em() * markerSide / 4, style.em() * markerSide / 4);
}

void CurveFigure::paintMark(QPainter &painter, const Layout &layout, const Style &style) const {
  if (!m_data.mark) return;
  const QRectF &area = layout.frame.area;
  const double unit = layout.view.x.toUnit(m_data.mark->x);
  if (!(unit >= 0 && unit <= 1)) return;
  const double x = area.left() + unit * area.width();
  painter.setPen(QPen(style.theme.text, style.hairline() * 1.4, Qt::DashLine, Qt::FlatCap));
  painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.top()));
  if (!m_data.mark->y) return;
  const QPointF at(x, area.bottom() - layout.view.y.toUnit(*m_data.mark->y) * area.height());
  if (!area.contains(at)) return;
  paintMarkCross(painter, at, style);
}

double CurveFigure::namesWidth(const Style &style) const {
  if (m_data.names == CurveData::Names::InLegend) return 0;
  double width = 0;
  for (const CurveSeries &series : m_data.series)
    if (!series.points.empty()) width = std::max(width, textWidth(series.name, style.smallFont()));
  return width == 0 ? 0 : width + style.em() * EndSample_em;
}

std::vector<EndLabel> CurveFigure::endLabels(const Layout &layout, const Style &style) const {
  std::vector<EndLabel> labels;
  if (m_data.names == CurveData::Names::InLegend) return labels;
  for (std::size_t i = 0; i < m_data.series.size(); ++i)
    for (std::size_t point = m_data.series[i].points.size(); point-- > 0;)
      if (const auto end = position(layout, i, point)) {
        labels.push_back({i, *end, end->y()});
        break;
      }
  spreadApart(labels, lineHeight(style.smallFont()), layout.frame.area.top(), layout.frame.area.bottom());
  return labels;
}

// Each name behind a piece of its curve's line, joined to the curve's end where that lies beside it: a leader across
// the plot would look like what was measured.
void CurveFigure::paintNames(QPainter &painter, const Layout &layout, const Style &style) const {
  const double em = style.em();
  const double left = layout.frame.area.right();
  for (const EndLabel &label : layout.names) {
    const CurveSeries &series = m_data.series[label.series];
    const QPointF at(left + em * 0.5, label.y);
    const QPointF half(em * (EndSample_em - 1) / 2, 0);
    if (left - label.end.x() <= layout.frame.area.width() * MostLeader) {
      painter.setPen(QPen(style.theme.mutedText, style.hairline(), Qt::DotLine));
      painter.drawLine(label.end, at);
    }
    painter.setPen(penOf(label.series, style));
    if (isLine(series)) painter.drawLine(at, at + 2 * half);
    paintMarkerOf(painter, at + half, label.series, style);
    const QRectF box(at.x() + em * (EndSample_em - 0.75), label.y - em, em * 100, em * 2);
    drawText(painter, box, Qt::AlignLeft | Qt::AlignVCenter, series.name, style.smallFont(), style.theme.text, style);
  }
}

void CurveFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  painter.fillRect(bounds, style.theme.background);
  const Layout sized = layout(bounds, style);
  drawHeading(painter, sized.heading, style);
  if (isEmpty()) {
    const QString text = m_data.emptyText.isEmpty() ? QStringLiteral("There is no curve to show.") : m_data.emptyText;
    const QStringList lines = wrapped(m_data.note.isEmpty() ? text : m_data.note, style.font, bounds.width() * 0.8);
    return drawCentred(painter, sized.frame.bounds, lines, style.font, style.theme.mutedText, style);
  }
  paintFrame(painter, sized.frame, sized.view, style);
  paintBand(painter, sized, style);
  paintMark(painter, sized, style);
  for (std::size_t i = 0; i < m_data.series.size(); ++i) paintSeries(painter, sized, i, style);
  paintNames(painter, sized, style);
  drawStrip(painter, sized.strip, style.theme.text, style);
  paintLegend(painter, sized.legend, legend(), style);
}

}  // namespace pimento
