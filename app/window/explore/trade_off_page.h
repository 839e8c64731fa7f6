// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/session/view_state.h"
#include "app/window/controls/page.h"

class QAction;
class QComboBox;
class QHBoxLayout;
class QLayout;
class QMenu;
class QToolButton;

namespace pimento {

class BudgetBar;
class ParetoChart;
class Session;
class SteadyLabel;

// The designs of the view in two of their metrics, with the front of the objectives, the budgets and one sentence of
// what it all says.
class TradeOffPage : public Page {
  Q_OBJECT
 public:
  explicit TradeOffPage(Session &session, QWidget *parent = nullptr);

  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] ReportTable report() const override;
  [[nodiscard]] ReportTable summary() const override;
  [[nodiscard]] QString rowsTitle() const override { return QStringLiteral("the designs in view"); }
  [[nodiscard]] QString rowsFile() const override { return QStringLiteral("designs"); }

 protected:
  void refresh() override;

 private:
  QComboBox *axisPicker(const QString &title, const QString &objectName, Metric ViewState::*axis);
  QLayout *controls();
  void fillObjectives();
  void toggleObjective(Metric metric, bool on);
  void showZoom();
  void showMarks();
  void showObjectives(const QString &text);
  void showWhatIf();
  void shareLines();

  Session &m_session;
  QComboBox *m_x;
  QComboBox *m_y;
  QToolButton *m_objectives;
  QMenu *m_objectiveMenu;
  QAction *m_followAxes = nullptr;
  QAction *m_invalid = nullptr;
  SteadyLabel *m_whatIf;
  QHBoxLayout *m_lines;
  BudgetBar *m_budgets;
  ParetoChart *m_chart;
};

}  // namespace pimento
