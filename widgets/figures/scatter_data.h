// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/validity.h"
#include "widgets/figures/marker.h"
#include "widgets/figures/scale.h"

namespace pimento {

// An interval of a point's y value, such as an accuracy from n images.
struct Whisker {
  std::uint32_t point = 0;
  Interval interval;
};

// What a trade-off chart shows. A point is named by its index in `x` and `y`; values are in the stored units of the
// axes, NaN where a point has none. Text is asked for when it is shown.
struct ScatterData {
  AxisSpec xAxis;
  AxisSpec yAxis;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<std::uint16_t> style;  // per point: index into `styles`; empty: all have the first
  std::vector<PointStyle> styles{PointStyle{}};
  QStringList hueNames;              // network families, for the legend
  std::vector<std::uint32_t> front;  // non-dominated points, in any order
  std::optional<QPointF> hypervolumeReference;
  std::optional<double> xLimit;  // budgets: the worst values that are still good enough
  std::optional<double> yLimit;
  bool isoEdp = false;  // lines of equal x times y while both axes are logarithmic
  std::vector<Whisker> whiskers;
  QString whiskerNote;                            // legend text: "95 % interval from n = 10,000"
  std::function<QString(std::uint32_t)> label;    // short: "VGG16 CM2"
  std::function<QString(std::uint32_t)> tooltip;  // long; rich text is taken as such

  [[nodiscard]] std::size_t size() const { return x.size(); }
  [[nodiscard]] const PointStyle &styleOf(std::uint32_t point) const {
    return styles[style.empty() ? 0 : style[point]];
  }
  [[nodiscard]] QString labelOf(std::uint32_t point) const { return label ? label(point) : QString(); }
};

// A design that changed, from where it was to where it is now. Positions are in the stored units of the axes; an end
// that an axis can not show (NaN, or zero on a logarithmic one) leaves the arrow out.
struct ScatterArrow {
  QPointF from;
  QPointF to;
  std::uint8_t hue = 0;                 // of the network family
  QString label;                        // short, beside the changed end: "ResNet20 0.5"; may be empty
  Validity validity = Validity::Valid;  // of the design as it is now; an invalid one is crossed out
  bool operator==(const ScatterArrow &) const = default;
};

// What a user marked or changed; it changes far more often than the data.
struct ScatterMarks {
  std::optional<std::uint32_t> selected;
  std::optional<std::uint32_t> answer;  // the best within the budgets
  std::vector<std::uint32_t> pins;
  std::vector<ScatterArrow> arrows;
};

using ScatterDataPtr = std::shared_ptr<const ScatterData>;

// Throws Error if columns differ in length or an index leads nowhere: a slip of the caller, told at once.
void check(const ScatterData &data);

// Front from the best x to the worst, points without both values left out.
[[nodiscard]] std::vector<std::uint32_t> orderedFront(const ScatterData &data);

}  // namespace pimento
