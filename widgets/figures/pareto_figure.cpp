// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/pareto_figure.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/figures/text.h"

namespace pimento {

namespace {

constexpr double sideBySide = 46;     // em: below this width the panels stand above each other
constexpr double stackedHeight = 28;  // panels below each other need this much, else they stay side by side

bool hasPoints(const ScatterData &data) {
  for (std::size_t i = 0; i < data.size(); ++i)
    if (std::isfinite(data.x[i]) && std::isfinite(data.y[i])) return true;
  return false;
}

// Of a takeaway on a screen: a low chart leaves more to its points.
std::size_t steadyLines(const QRectF &bounds, const Style &style) {
  return static_cast<std::size_t>(std::clamp(bounds.height() / style.em() / 12, 2.0, 4.0));
}

// Of the legend on a screen.
int steadyRows(const QRectF &bounds, const Style &style) {
  return static_cast<int>(std::clamp(bounds.height() / style.em() / 13, 1.0, 3.0));
}

QString scaleName(const View &view) {
  const bool x = view.x.kind() == AxisScale::Log10;
  const bool y = view.y.kind() == AxisScale::Log10;
  if (x && y) return QStringLiteral("both axes logarithmic");
  if (x) return QStringLiteral("logarithmic");
  return y ? QStringLiteral("vertical axis logarithmic") : QStringLiteral("linear");
}

}  // namespace

AxisScale overviewScale(const AxisSpec &spec, std::span<const double> values) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    if (value <= 0) return AxisScale::Linear;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  const bool far = spec.scaling == Scaling::SiPrefix || high >= 30 * low;
  return far && high > 0 ? AxisScale::Log10 : AxisScale::Linear;
}

ParetoFigure::ParetoFigure(ParetoData data) : m_data(std::move(data)) {
  if (!m_data.points) return;
  check(*m_data.points);
  if (!hasPoints(*m_data.points)) return;
  const ScatterData &points = *m_data.points;
  m_overview = std::make_shared<PointCloud>(m_data.points, overviewScale(points.xAxis, points.x),
                                            overviewScale(points.yAxis, points.y));
  m_zoom = std::make_shared<PointCloud>(m_data.points, AxisScale::Linear, AxisScale::Linear);
  m_overviewHome = m_overviewView = viewOf(*m_overview, Cover::Everything);
  m_zoomView = zoomHome();
  m_legend = scatterLegend(std::array{ShownPanel{*m_overview, m_overviewView}, ShownPanel{*m_zoom, m_zoomView}});
}

View ParetoFigure::zoomHome() const { return holding(viewOf(*m_zoom, Cover::Front), m_marks.arrows); }

void ParetoFigure::setMarks(const ScatterMarks &marks) {
  m_marks = marks;
  m_overviewView = holding(m_overviewHome, m_marks.arrows);
}

void ParetoFigure::setZoom(const ValueRange &range) {
  m_zoomView = {Scale(AxisScale::Linear, range.xLow, range.xHigh), Scale(AxisScale::Linear, range.yLow, range.yHigh)};
}

PanelAxes ParetoFigure::axes() const {
  PanelAxes axes{m_data.points->xAxis, m_data.points->yAxis};
  axes.x.exponent = unitExponent(m_zoomView.x, axes.x);
  axes.y.exponent = unitExponent(m_zoomView.y, axes.y);
  return axes;
}

QString ParetoFigure::emptyText() const {
  return m_data.emptyText.isEmpty() ? QStringLiteral("No design has values for both axes.") : m_data.emptyText;
}

bool ParetoFigure::zoomIsWhole() const {
  const auto covers = [](const Scale &whole, const Scale &part) {
    return whole.kind() == part.kind() && part.low() <= whole.fromUnit(0.07) && part.high() >= whole.fromUnit(0.93);
  };
  return covers(m_overviewView.x, m_zoomView.x) && covers(m_overviewView.y, m_zoomView.y);
}

bool ParetoFigure::isSingle(const Style &style) const {
  return m_panels == Panels::ZoomOnly || (style.medium == Medium::Print && !isEmpty() && zoomIsWhole());
}

std::vector<LegendEntry> ParetoFigure::legend(const Style &style) const {
  if (isEmpty()) return {};
  const bool single = isSingle(style);
  const auto inView = [&](const auto &shows) {
    return shows(*m_zoom, m_zoomView) || (!single && shows(*m_overview, m_overviewView));
  };
  ScatterLegend said = m_legend;
  if (style.medium == Medium::Print) {
    const std::array panels{ShownPanel{*m_zoom, m_zoomView}, ShownPanel{*m_overview, m_overviewView}};
    said = scatterLegend(std::span(panels).first(single ? 1 : 2));
  }
  std::vector<LegendEntry> entries = std::move(said.points);
  if (inView([this](const PointCloud &cloud, const View &view) {
        return m_marks.answer && cloud.visible(*m_marks.answer, view);
      }))
    entries.push_back(answerEntry());
  if (inView([this](const PointCloud &, const View &view) { return showsArrows(m_marks.arrows, view); })) {
    entries.push_back(changedEntry());
    entries.push_back(arrowEntry());
  }
  const LegendEntry invalid = invalidEntry();
  if (std::ranges::none_of(entries, [&](const LegendEntry &entry) { return entry.text == invalid.text; }) &&
      inView([this](const PointCloud &, const View &view) { return showsInvalidEnd(m_marks.arrows, view); }))
    entries.push_back(invalid);
  std::ranges::move(said.plane, std::back_inserter(entries));
  if (!single) entries.push_back(zoomEntry());
  return entries;
}

double ParetoFigure::heightFor(double width, const Style &style) const {
  const ParetoLayout sized = layout(QRectF(0, 0, width, style.em() * 200), style);
  const bool single = isSingle(style);
  const double around = style.em() * 200 - (sized.panels[1].bottom() - sized.captions[single ? 1 : 0].top());
  const bool narrow = width < sideBySide * style.em();
  const bool stacked = narrow && !single;
  const double panel = width * (single ? (narrow ? 0.75 : 0.5) : (narrow ? 0.62 : 0.4));
  return around + (stacked ? 2 : 1) * std::max(panel, style.em() * 14);
}

ParetoLayout ParetoFigure::layout(const QRectF &bounds, const Style &style) const {
  const double em = style.em();
  ParetoLayout result;
  const QRectF inner = withinMargin(bounds, style);
  const bool steady = style.medium == Medium::Screen && m_texts == Texts::Steady;
  result.heading = steady ? layOutHeading(m_data.title, m_data.takeaway, inner, style, steadyLines(bounds, style))
                          : layOutHeading(m_data.title, m_data.takeaway, inner, style);
  double y = result.heading.bottom();
  y += em * 0.5;
  const double rows = !steady     ? legendHeight(legend(style), inner.width(), style)
                      : isEmpty() ? 0
                                  : legendHeight(steadyRows(bounds, style), style);
  result.legend = QRectF(inner.left(), inner.bottom() - rows, inner.width(), rows);
  const QRectF rest(inner.left(), y, inner.width(), std::max(em, result.legend.top() - em * 0.4 - y));
  const bool named = !isSingle(style) || scaleName(m_zoomView) != QStringLiteral("linear");
  const double caption = named ? lineHeight(style.smallFont()) : 0;
  const auto place = [&](std::size_t panel, const QRectF &box) {
    result.captions[panel] = QRectF(box.topLeft(), QSizeF(box.width(), caption));
    result.panels[panel] = box.adjusted(0, caption, 0, 0);
  };
  if (isSingle(style)) {
    place(1, rest);
  } else if (inner.width() < sideBySide * em && rest.height() > stackedHeight * em) {
    const double half = (rest.height() - em * 0.6) / 2;
    place(0, QRectF(rest.left(), rest.top(), rest.width(), half));
    place(1, QRectF(rest.left(), rest.bottom() - half, rest.width(), half));
  } else {
    const double left = (rest.width() - em * 1.2) * 0.46;
    place(0, QRectF(rest.left(), rest.top(), left, rest.height()));
    place(1, rest.adjusted(left + em * 1.2, 0, 0, 0));
  }
  return result;
}

void ParetoFigure::paintSurround(QPainter &painter, const ParetoLayout &layout, const Style &style) const {
  const Theme &theme = style.theme;
  drawHeading(painter, layout.heading, style);
  if (isEmpty()) {
    const QRectF all = layout.panels[0].united(layout.panels[1]);
    drawCentred(painter, all, wrapped(emptyText(), style.font, all.width() * 0.8), style.font, theme.mutedText, style);
    return;
  }
  const QFont small = style.smallFont();
  const auto caption = [&](std::size_t panel, const QString &text) {
    drawText(painter, layout.captions[panel], Qt::AlignHCenter, text, small, theme.mutedText, style);
  };
  if (isSingle(style)) {
    // A panel by itself needs no name, unless its axes are not what one expects.
    if (!layout.captions[1].isEmpty()) caption(1, scaleName(m_zoomView));
  } else {
    caption(0, QStringLiteral("Overview, ") + scaleName(m_overviewView));
    caption(1, QStringLiteral("Zoom, ") + scaleName(m_zoomView));
  }
  paintLegend(painter, layout.legend, fittingEntries(legend(style), layout.legend.size(), style), style);
}

namespace {

void paintPanel(QPainter &painter, const QRectF &bounds, const PointCloud &cloud, const View &view,
                const PanelAxes &axes, const ScatterMarks &marks, const std::optional<ValueRange> &range,
                const Style &style) {
  const PlotFrame frame = layoutFrame(bounds, view, axes.x, axes.y, style);
  paintFrame(painter, frame, view, style);
  paintUnder(painter, frame.area, cloud, view, style);
  if (range) paintLinkedRange(painter, frame.area, view, *range, style);
  // Dots on paper at 600 to the inch.
  paintPoints(painter, frame.area, cloud, view, style, 600 / (72 * printUnitsPerPoint));
  paintOver(painter, frame.area, cloud, view, marks, range, style);
}

}  // namespace

void ParetoFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  painter.fillRect(bounds, style.theme.background);
  const ParetoLayout sized = layout(bounds, style);
  paintSurround(painter, sized, style);
  if (isEmpty()) return;
  if (!sized.panels[0].isEmpty())
    paintPanel(painter, sized.panels[0], *m_overview, m_overviewView, axes(), m_marks, rangeOf(m_zoomView), style);
  paintPanel(painter, sized.panels[1], *m_zoom, m_zoomView, axes(), m_marks, std::nullopt, style);
}

}  // namespace pimento
