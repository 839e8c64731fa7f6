// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>
#include <vector>

#include "core/base/quantity.h"
#include "widgets/figures/figure.h"
#include "widgets/figures/heading.h"
#include "widgets/figures/legend.h"
#include "widgets/figures/scale.h"

namespace pimento {

enum class Agreement { Within, Outside, Untested };  // of a value and its tolerance; untested: it has none

struct RatioRow {
  QString group;  // consecutive rows of the same group stand below its name
  QString name;
  double ratio = 0;                   // NaN or not above 0: without a place, written "n/a"
  std::optional<Interval> tolerance;  // of the ratio: drawn as a band; from the edge where it reaches down to 0
  Agreement agreement = Agreement::Untested;
};

struct RatioData {
  QString title;
  QString takeaway;
  QString emptyText;
  QString axisTitle;  // "ours / theirs"
  std::vector<RatioRow> rows;
  // The most that the axis shows, so that one row far away does not squeeze all the others; what lies beyond has a mark
  // at the edge with its value. Absent: everything.
  std::optional<Interval> range;
};

// How far values are from what they are compared with: a dot a row on a logarithmic axis around 1. Shape says whether
// the dot is within its tolerance; rows outside of theirs are bold.
class RatioFigure final : public Figure {
 public:
  RatioFigure() = default;
  explicit RatioFigure(RatioData data) : m_data(std::move(data)) {}

  [[nodiscard]] const RatioData &data() const { return m_data; }
  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  struct Layout {
    Heading heading;
    QRectF legend, area;
    Scale scale;
    AxisTicks ticks;
    double names = 0;            // width left of the area
    std::vector<QRectF> rows;    // over the whole width
    std::vector<QRectF> groups;  // names of groups, in the order of the rows
    QStringList groupNames;
  };
  [[nodiscard]] Layout layout(const QRectF &bounds, const Style &style) const;
  [[nodiscard]] std::optional<QPointF> position(const Layout &layout, std::size_t row) const;
  [[nodiscard]] bool isBeyond(std::size_t row) const;      // off the axis: its position is the edge
  [[nodiscard]] QString ratioText(std::size_t row) const;  // "1.017x"

 private:
  [[nodiscard]] Scale scale() const;
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  void placeRows(Layout &layout, const QRectF &inner, const Style &style) const;
  void paintAxis(QPainter &painter, const Layout &layout, const Style &style) const;
  void paintBeyond(QPainter &painter, const Layout &layout, std::size_t row, const Style &style) const;
  void paintRow(QPainter &painter, const Layout &layout, std::size_t row, const Style &style) const;

  RatioData m_data;
};

}  // namespace pimento
