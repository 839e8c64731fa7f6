// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>
#include <vector>

#include "core/base/kind.h"
#include "widgets/figures/end_labels.h"
#include "widgets/figures/figure.h"
#include "widgets/figures/heading.h"
#include "widgets/figures/label_strip.h"
#include "widgets/figures/legend.h"
#include "widgets/figures/plot_frame.h"

namespace pimento {

// One curve y(x), in the stored units of the axes. A point that an axis can not show (NaN, zero on a logarithmic axis)
// breaks the line.
struct CurveSeries {
  QString name;
  std::vector<QPointF> points;  // in the order in which they are joined
  std::optional<Kind> markers;  // at every point, in the shape of its kind; absent: the line alone
  enum class Line { Drawn, None } line = Line::Drawn;
  // Number of its hue and dashes, for a series that is not always there; absent: its place among the series.
  std::optional<std::size_t> look = std::nullopt;
  enum class Ink { Own, Grey } ink = Ink::Own;  // grey: how it was before
};

struct CurveBand {
  struct Edge {
    double x = 0, low = 0, high = 0;
  };
  QString name;             // in the legend
  std::vector<Edge> edges;  // ascending in x
};

// A vertical line at what holds now, with a label above the plot; `y` puts a cross on the line.
struct CurveMark {
  QString label;
  double x = 0;
  std::optional<double> y;
  QString name = {};  // of the cross, in the legend; may be empty
};

struct CurveData {
  QString title;
  QString takeaway;
  QString emptyText;
  QString note;  // above the plot, at the right: "refining…"
  AxisSpec xAxis;
  AxisSpec yAxis;
  AxisScale xScale = AxisScale::Linear;
  AxisScale yScale = AxisScale::Linear;
  std::vector<CurveSeries> series;
  std::optional<CurveBand> band = std::nullopt;
  std::optional<CurveMark> mark = std::nullopt;
  enum class Names { InLegend, AtEnds } names = Names::InLegend;  // of the series
};

// Curves over a common axis. Each has a hue and a pattern of dashes of its own.
class CurveFigure final : public Figure {
 public:
  CurveFigure() = default;
  explicit CurveFigure(CurveData data) : m_data(std::move(data)) {}

  [[nodiscard]] const CurveData &data() const { return m_data; }
  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  struct Layout {
    Heading heading;
    QRectF legend;
    LabelStrip strip;  // of the mark and the note
    View view;
    PlotFrame frame;
    std::vector<EndLabel> names;  // where they stand at the ends
  };
  [[nodiscard]] Layout layout(const QRectF &bounds, const Style &style) const;
  [[nodiscard]] bool isEmpty() const;  // there is no point that the axes can show
  // Where a point lies; nullopt if the axes can not show it.
  [[nodiscard]] std::optional<QPointF> position(const Layout &layout, std::size_t series, std::size_t point) const;

 private:
  [[nodiscard]] View view() const;
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  [[nodiscard]] std::size_t lookOf(std::size_t series) const;
  [[nodiscard]] QPen penOf(std::size_t series, const Style &style) const;
  void paintBand(QPainter &painter, const Layout &layout, const Style &style) const;
  void paintSeries(QPainter &painter, const Layout &layout, std::size_t series, const Style &style) const;
  void paintMarkerOf(QPainter &painter, QPointF at, std::size_t series, const Style &style) const;
  void paintMark(QPainter &painter, const Layout &layout, const Style &style) const;
  void paintNames(QPainter &painter, const Layout &layout, const Style &style) const;
  [[nodiscard]] double namesWidth(const Style &style) const;
  [[nodiscard]] std::vector<EndLabel> endLabels(const Layout &layout, const Style &style) const;

  CurveData m_data;
};

// Pen of the n-th look: its hue and its dashes.
[[nodiscard]] QPen curvePen(std::size_t look, const Style &style);

}  // namespace pimento
