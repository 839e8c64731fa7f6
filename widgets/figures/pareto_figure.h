// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>

#include "widgets/figures/figure.h"
#include "widgets/figures/heading.h"
#include "widgets/figures/legend.h"
#include "widgets/figures/scatter_painter.h"

namespace pimento {

// What a trade-off chart says.
struct ParetoData {
  QString title;      // "Accuracy against energy, CIFAR-100, whole inference"
  QString takeaway;   // one sentence
  QString emptyText;  // in place of points that are not there: which values are missing
  ScatterDataPtr points;
};

enum class Panels { Pair, ZoomOnly };

struct ParetoLayout {
  Heading heading;
  QRectF legend;                   // on a screen as high as the figure allows, whatever is in it
  std::array<QRectF, 2> captions;  // of the overview and of the zoom; an overview that is left out is empty
  std::array<QRectF, 2> panels;
};

// On a screen the takeaway and the legend have rows that depend on the room alone, so that nothing moves when they
// change, and what does not fit is cut. A picture of a screen shows them whole, as a print does.
enum class Texts : std::uint8_t { Steady, Whole };

// The linked pair on paper and behind the widget: PIM and GPU lie five decades apart while the heads of one network
// differ by a hundredth, so a logarithmic overview stands beside a linear zoom and shows where that lies.
class ParetoFigure final : public Figure {
 public:
  ParetoFigure() = default;
  explicit ParetoFigure(ParetoData data);  // throws Error for data that does not fit together (see check)

  // The overview grows, if need be, to hold the designs that arrows lead to; the zoom stays where it is.
  void setMarks(const ScatterMarks &marks);
  void setPanels(Panels panels) { m_panels = panels; }
  void setTexts(Texts texts) { m_texts = texts; }
  void setZoom(const ValueRange &range);

  [[nodiscard]] const ParetoData &data() const { return m_data; }
  [[nodiscard]] const ScatterMarks &marks() const { return m_marks; }
  [[nodiscard]] bool isEmpty() const { return !m_overview; }
  [[nodiscard]] const PointCloudPtr &overview() const { return m_overview; }
  [[nodiscard]] const PointCloudPtr &zoom() const { return m_zoom; }
  [[nodiscard]] const View &overviewView() const { return m_overviewView; }
  [[nodiscard]] const View &zoomView() const { return m_zoomView; }
  [[nodiscard]] View zoomHome() const;  // the front and what is around it
  [[nodiscard]] QString emptyText() const;
  [[nodiscard]] PanelAxes axes() const;  // of both panels, in the zoom's units: one number means one thing in both

  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  [[nodiscard]] ParetoLayout layout(const QRectF &bounds, const Style &style) const;
  [[nodiscard]] std::vector<LegendEntry> legend(const Style &style) const;
  void paintSurround(QPainter &painter, const ParetoLayout &layout, const Style &style) const;  // all but the panels

 private:
  // A print of a zoom that shows what the overview shows has one panel. On the screen the pair stays: the zoom moves.
  [[nodiscard]] bool isSingle(const Style &style) const;
  [[nodiscard]] bool zoomIsWhole() const;

  ParetoData m_data;
  ScatterMarks m_marks;
  Panels m_panels = Panels::Pair;
  Texts m_texts = Texts::Steady;
  PointCloudPtr m_overview;  // null if no point has both values
  PointCloudPtr m_zoom;
  View m_overviewHome;  // of the points alone
  View m_overviewView;
  View m_zoomView;
  ScatterLegend m_legend;  // on the screen: of all that a view can be moved to
};

// Logarithmic where values spread far and are all above zero, as energies and times do; linear for shares.
[[nodiscard]] AxisScale overviewScale(const AxisSpec &spec, std::span<const double> values);

}  // namespace pimento
