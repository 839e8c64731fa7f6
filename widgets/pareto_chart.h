// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/figures/pareto_figure.h"
#include "widgets/plot_surface.h"

namespace pimento {

// The trade-off chart of the window: title and takeaway, overview and zoom, legend. Knows points by their index in the
// data only; what selecting or pinning means is the window's business.
class ParetoChart : public QWidget {
  Q_OBJECT
 public:
  explicit ParetoChart(QWidget *parent = nullptr);

  enum class Zoom { Reset, Keep };
  void setData(ParetoData content, Zoom zoom = Zoom::Reset);  // Keep: for new values on the same axes
  void setMarks(const ScatterMarks &marks);
  void setZoom(const ValueRange &range);  // silent: for undo and for opening a project
  void resetZoom();
  void setPanels(Panels panels);
  void setTexts(Texts texts);

  [[nodiscard]] ValueRange zoom() const { return rangeOf(m_figure.zoomView()); }
  [[nodiscard]] const ParetoFigure &figure() const { return m_figure; }  // as shown now, for exports
  [[nodiscard]] PlotSurface *overviewPanel() const { return m_overview; }
  [[nodiscard]] PlotSurface *zoomPanel() const { return m_zoom; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {320, 220}; }
  [[nodiscard]] QSize sizeHint() const override { return {900, 460}; }

 Q_SIGNALS:
  void pointSelected(quint32 point);
  void pinToggled(quint32 point);
  void inspectRequested(quint32 point);
  // A gesture has ended that changed the zoom: one step of undo.
  void zoomChanged(const pimento::ValueRange &before, const pimento::ValueRange &after);

 protected:
  bool event(QEvent *event) override;
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;

 private:
  void connectPanel(PlotSurface *panel);
  void arrange();
  void settle();
  void describe();
  [[nodiscard]] QString cutText(QPointF at) const;
  void applyZoom(const ValueRange &range);
  void showZoomInOverview();

  ParetoFigure m_figure;
  Texts m_texts = Texts::Steady;
  PlotSurface *m_overview;
  PlotSurface *m_zoom;
  ValueRange m_settled;
};

}  // namespace pimento
