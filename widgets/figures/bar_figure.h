// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <vector>

#include "widgets/figures/figure.h"
#include "widgets/figures/heading.h"
#include "widgets/figures/legend.h"
#include "widgets/figures/scale.h"

namespace pimento {

struct BarPart {
  std::size_t component = 0;  // index into BarData::components
  double value = 0;           // in the stored unit of the axis; NaN or negative: not drawn
};

struct Bar {
  QString name;
  std::vector<BarPart> parts;  // from the left
};

// Horizontal bars, one below the other so that every name can be read: stacked energy per variant (a part per
// component) or a value per layer (a single part, coloured by its module).
struct BarData {
  QString title;
  QString takeaway;
  QString emptyText;
  AxisSpec axis;
  QStringList components;
  std::vector<Bar> bars;
  enum class Totals { Shown, Hidden } totals = Totals::Shown;  // written behind each bar
};

// One value per layer: AND operations, MACs, utilisation. `modules` names the colours.
struct LayerValue {
  QString layer;
  QString module;
  double value = 0;
};
[[nodiscard]] BarData layerBars(const QString &title, const AxisSpec &axis, const std::vector<LayerValue> &layers);

[[nodiscard]] double total(const Bar &bar);

class BarFigure final : public Figure {
 public:
  BarFigure() = default;
  explicit BarFigure(BarData data);

  [[nodiscard]] const BarData &data() const { return m_data; }
  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  struct Layout {
    Heading heading;
    QRectF legend, area;
    Scale scale;
    AxisTicks ticks;
    double row = 0;  // height of one bar with its gap
  };
  [[nodiscard]] Layout layout(const QRectF &bounds, const Style &style) const;
  [[nodiscard]] QRectF barBox(const Layout &layout, std::size_t bar) const;                     // the whole row
  [[nodiscard]] QRectF partBox(const Layout &layout, std::size_t bar, std::size_t part) const;  // empty if not drawn

 private:
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  void paintAxis(QPainter &painter, const Layout &layout, const Style &style) const;
  void paintBar(QPainter &painter, const Layout &layout, std::size_t bar, const Style &style) const;
  [[nodiscard]] QString totalText(const Bar &bar) const;

  BarData m_data;
};

}  // namespace pimento
