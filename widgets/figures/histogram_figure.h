// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>
#include <vector>

#include "widgets/figures/figure.h"
#include "widgets/figures/hatching.h"
#include "widgets/figures/heading.h"
#include "widgets/figures/label_strip.h"
#include "widgets/figures/legend.h"
#include "widgets/figures/plot_frame.h"

namespace pimento {

// Counts in bins of equal width. Heights of several can be compared where their bins are equally wide.
struct Distribution {
  QString name;
  double first = 0;            // lower edge of the first bin, in the stored unit of the axis
  double width = 1;            // of a bin; above 0
  std::vector<double> counts;  // finite, not negative
  std::optional<double> mean;  // absent: from the bins
};

struct ReferenceLine {
  double value = 0;
  QString label;  // above the plot
};

enum class Margins { Shown, Hidden };  // distances between the means of neighbours

struct HistogramData {
  QString title;
  QString takeaway;
  QString emptyText;
  AxisSpec axis;                             // of what is counted
  QString countTitle;                        // "Trials"
  AxisScale countScale = AxisScale::Linear;  // logarithmic shows tails of a few in 10,000
  std::vector<Distribution> distributions;   // in ascending order of their means
  std::vector<ReferenceLine> references;     // what tells neighbours apart
  Margins margins = Margins::Shown;
  std::vector<Distribution> before = {};  // as they were: grey outlines behind the others
};

[[nodiscard]] double total(const Distribution &distribution);
[[nodiscard]] double meanOf(const Distribution &distribution);  // NaN if it is empty
[[nodiscard]] double deviationOf(const Distribution &distribution);

// Overlaid distributions as steps. Each has a hue, and a hatching of its own, so that they can be told apart where they
// overlap and without colour.
class HistogramFigure final : public Figure {
 public:
  HistogramFigure() = default;
  explicit HistogramFigure(HistogramData data);  // throws Error for bins without width

  [[nodiscard]] const HistogramData &data() const { return m_data; }
  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  struct Layout {
    Heading heading;
    QRectF legend;
    LabelStrip references;
    LabelStrip margins;  // one between each pair of neighbours, if shown
    double arrows = 0;   // y of the lines between the means
    View view;
    PlotFrame frame;
  };
  [[nodiscard]] Layout layout(const QRectF &bounds, const Style &style) const;
  [[nodiscard]] bool isEmpty() const;
  [[nodiscard]] QString marginText(std::size_t lower) const;  // between a distribution and the next one
  // The steps as a closed polygon on the baseline, cut to the plot.
  [[nodiscard]] QPolygonF steps(const Layout &layout, std::size_t distribution) const;

 private:
  [[nodiscard]] View view() const;
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  [[nodiscard]] QPolygonF stepsOf(const Layout &layout, const Distribution &distribution) const;
  [[nodiscard]] double xOf(const Layout &layout, double value) const;
  void paintSteps(QPainter &painter, const Layout &layout, std::size_t index, const Style &style) const;
  void paintBefore(QPainter &painter, const Layout &layout, const Style &style) const;
  void paintMargins(QPainter &painter, const Layout &layout, const Style &style) const;
  void paintReferences(QPainter &painter, const Layout &layout, const Style &style) const;

  HistogramData m_data;
};

}  // namespace pimento
