// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTimer>

#include "app/session/hardware_charts.h"
#include "app/window/controls/page.h"

class QComboBox;
class QGridLayout;
class QScrollArea;

namespace pimento {

class AreaPie;
class BarChart;
class ChainView;
class CurveChart;
class HistogramChart;
class LatestRun;
class Session;

// The chain from the device to the network with its values, and charts of what stands behind them. All show the
// accelerator at hand with the what-if, live; its sliders are in a dock of their own.
class HardwarePage : public Page {
  Q_OBJECT
 public:
  explicit HardwarePage(Session &session, QWidget *parent = nullptr);
  ~HardwarePage() override;

  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] ReportTable report() const override;
  [[nodiscard]] bool comesWithSliders() const override { return true; }
  [[nodiscard]] bool isSettled() const override;  // no run is under way

 protected:
  void refresh() override;
  void resizeEvent(QResizeEvent *event) override;
  void hideEvent(QHideEvent *event) override;

 private:
  enum Chart : int { Overview, Chain, Switching, Margins, Area, Energy, ChartCount };
  [[nodiscard]] Chart shown() const;
  [[nodiscard]] SenseOp operation() const;
  void arrange();
  void askForCurve();
  void solveCurve();
  void askForMargins();

  Session &m_session;
  QComboBox *m_picker;
  QComboBox *m_operation;
  QWidget *m_content;
  QScrollArea *m_area;
  QGridLayout *m_grid;
  ChainView *m_chain;
  CurveChart *m_curve;
  HistogramChart *m_margins;
  AreaPie *m_pie;
  QScrollArea *m_pieArea;
  BarChart *m_bars;
  std::pair<int, int> m_columns;
  Device m_device;  // of the curve as shown
  Device m_base;
  std::optional<Device> m_solved;  // whose points there are
  std::vector<SwitchingPoint> m_points;
  std::optional<std::tuple<Sensing, Sensing, SenseOp>> m_marginsAsked;
  QTimer m_pause;  // the curve is solved once a slider rests
  LatestRun *m_curveRun;
  LatestRun *m_marginRun;
};

}  // namespace pimento
