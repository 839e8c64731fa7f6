// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/session/figures.h"
#include "app/window/controls/page.h"

class QComboBox;
class QStackedLayout;

namespace pimento {

class AreaPie;
class BarChart;
class ParetoChart;
class Session;

// Where energy, area and memory go.
class BreakdownPage : public Page {
  Q_OBJECT
 public:
  explicit BreakdownPage(Session &session, QWidget *parent = nullptr);

  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] QStringList command() const override;
  [[nodiscard]] ReportTable report() const override;
  [[nodiscard]] ReportTable summary() const override;

 protected:
  void refresh() override;

 private:
  [[nodiscard]] Breakdown shown() const;
  [[nodiscard]] bool showsDesigns() const;
  void chooseFirst();  // of new points: something that they have
  void showBars();
  void showPie();
  void showMemory();

  Session &m_session;
  bool m_chosen = false;  // what to break down, by hand
  QComboBox *m_picker;
  QStackedLayout *m_charts;
  QWidget *m_barArea;  // scroll
  QWidget *m_pieArea;
  BarChart *m_bars;
  AreaPie *m_pie;
  ParetoChart *m_memory;
  std::vector<std::uint32_t> m_rows;  // the designs of the bars, if they are designs
};

}  // namespace pimento
