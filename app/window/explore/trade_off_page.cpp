// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/trade_off_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/session/figures.h"
#include "app/session/labels.h"
#include "app/session/scatter_points.h"
#include "app/session/session.h"
#include "app/session/takeaway.h"
#include "app/session/what_if_text.h"
#include "app/window/controls/steady_label.h"
#include "app/window/explore/budget_bar.h"
#include "core/explore/design_report.h"
#include "widgets/pareto_chart.h"

namespace pimento {

namespace {

constexpr std::size_t FewestObjectives = 2;
constexpr std::size_t MostObjectives = 4;
constexpr int WhatIfLines = 2;
constexpr int ObjectiveCharacters = 36;

QLabel *caption(const QString &text, QWidget *buddy) {
  auto *label = new QLabel(text);
  label->setBuddy(buddy);
  return label;
}

}  // namespace

TradeOffPage::TradeOffPage(Session &session, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_x(axisPicker(QStringLiteral("Horizontal axis"), QStringLiteral("xPicker"), &ViewState::x)),
      m_y(axisPicker(QStringLiteral("Vertical axis"), QStringLiteral("yPicker"), &ViewState::y)),
      m_objectives(new QToolButton),
      m_objectiveMenu(new QMenu(m_objectives)),
      m_whatIf(new SteadyLabel(WhatIfLines)),
      m_lines(new QHBoxLayout),
      m_budgets(new BudgetBar(session)),
      m_chart(new ParetoChart) {
  setObjectName(QStringLiteral("tradeOffPage"));
  fillObjectives();
  m_chart->setObjectName(QStringLiteral("tradeOffChart"));
  m_chart->setAccessibleName(QStringLiteral("Trade-off chart; the designs table lists the same points"));
  auto *column = new QVBoxLayout(this);
  column->addLayout(controls());
  column->addWidget(m_budgets);
  m_whatIf->setObjectName(QStringLiteral("tradeOffWhatIf"));
  m_whatIf->setAccessibleName(QStringLiteral("What the what-if changes"));
  // The chart does not jump when a budget is given or a slider is first moved.
  m_lines->setContentsMargins(0, 0, 0, 0);
  m_lines->setSpacing(fontMetrics().averageCharWidth() * 3);
  m_lines->addWidget(m_budgets->answer());
  m_lines->addWidget(m_whatIf);
  column->addLayout(m_lines);
  column->addWidget(m_chart, 1);
  connect(m_budgets, &BudgetBar::answerChanged, this, &TradeOffPage::shareLines);
  shareLines();
  connect(m_chart, &ParetoChart::pointSelected, this,
          [this](quint32 point) { m_session.select(m_session.rows()[point]); });
  connect(m_chart, &ParetoChart::pinToggled, this,
          [this](quint32 point) { m_session.togglePin(m_session.rows()[point]); });
  connect(m_chart, &ParetoChart::inspectRequested, this, [this](quint32 point) {
    m_session.select(m_session.rows()[point]);
    Q_EMIT inspectRequested();
  });
  connect(m_chart, &ParetoChart::zoomChanged, this, [this](const ValueRange &, const ValueRange &after) {
    ViewState view = m_session.view();
    view.zoom = Zoom{after.xLow, after.xHigh, after.yLow, after.yHigh};
    m_session.change(QStringLiteral("Zoom the chart"), view);
  });
  connect(&session, &Session::viewChanged, this, &TradeOffPage::invalidate);
  connect(&session, &Session::zoomChanged, this, &TradeOffPage::showZoom);
  connect(&session, &Session::selectionChanged, this, &TradeOffPage::showMarks);
  connect(&session, &Session::pinsChanged, this, &TradeOffPage::showMarks);
  connect(&session, &Session::whatIfChanged, this, &TradeOffPage::showWhatIf);
}

QComboBox *TradeOffPage::axisPicker(const QString &title, const QString &objectName, Metric ViewState::*axis) {
  auto *box = new QComboBox;
  box->setObjectName(objectName);
  box->setAccessibleName(title);
  for (const MetricInfo &m : allMetrics()) {
    box->addItem(metricTitle(m.metric));
    box->setItemData(box->count() - 1, QString::fromUtf8(m.meaning), Qt::ToolTipRole);
  }
  box->setMinimumWidth(fontMetrics().averageCharWidth() * 14);  // a small window may cut the longer titles
  connect(box, &QComboBox::activated, this, [this, title, axis](int chosen) {
    ViewState view = m_session.view();
    view.*axis = static_cast<Metric>(chosen);
    setAxes(view, view.x, view.y);
    view.zoom.reset();
    m_session.change(QStringLiteral("%1: %2").arg(title, metricTitle(view.*axis).toLower()), view);
  });
  return box;
}

QLayout *TradeOffPage::controls() {
  m_objectives->setObjectName(QStringLiteral("objectivesPicker"));
  m_objectives->setAccessibleName(QStringLiteral("Objectives of the front"));
  m_objectives->setPopupMode(QToolButton::InstantPopup);
  m_objectives->setMenu(m_objectiveMenu);
  auto *row = new QHBoxLayout;
  row->addWidget(caption(QStringLiteral("&Y"), m_y));
  row->addWidget(m_y);
  row->addWidget(caption(QStringLiteral("against &X"), m_x));
  row->addWidget(m_x);
  row->addSpacing(12);
  row->addWidget(caption(QStringLiteral("&Front of"), m_objectives));
  row->addWidget(m_objectives);
  row->addStretch(1);
  return row;
}

void TradeOffPage::fillObjectives() {
  for (const MetricInfo &m : allMetrics()) {
    QAction *action = m_objectiveMenu->addAction(QStringLiteral("%1 (%2)").arg(
        metricTitle(m.metric),
        m.sense == Sense::Minimise ? QStringLiteral("less is better") : QStringLiteral("more is better")));
    action->setCheckable(true);
    const Metric metric = m.metric;
    connect(action, &QAction::triggered, this, [this, metric](bool on) { toggleObjective(metric, on); });
  }
  m_objectiveMenu->addSeparator();
  m_followAxes = m_objectiveMenu->addAction(QStringLiteral("Follow the axes"));
  m_followAxes->setObjectName(QStringLiteral("followAxes"));
  m_followAxes->setToolTip(QStringLiteral("The front is of the metrics on the axes, whatever they are"));
  m_followAxes->setCheckable(true);
  connect(m_followAxes, &QAction::triggered, this, [this](bool on) {
    ViewState view = m_session.view();
    view.objectivesByHand = !on;
    setAxes(view, view.x, view.y);
    m_session.change(on ? QStringLiteral("Objectives follow the axes") : QStringLiteral("Objectives set by hand"),
                     view);
  });
  m_invalid = m_objectiveMenu->addAction(QStringLiteral("Include invalid designs"));
  m_invalid->setObjectName(QStringLiteral("includeInvalid"));
  m_invalid->setToolTip(QStringLiteral("Let designs compete that do not work as they are priced"));
  m_invalid->setCheckable(true);
  connect(m_invalid, &QAction::triggered, this, [this](bool on) {
    ViewState view = m_session.view();
    view.invalid = on ? InvalidDesigns::TakePart : InvalidDesigns::LeftOut;
    m_session.change(on ? QStringLiteral("Include invalid designs") : QStringLiteral("Leave out invalid designs"),
                     view);
  });
  m_objectiveMenu->setToolTipsVisible(true);
}

void TradeOffPage::toggleObjective(Metric metric, bool on) {
  ViewState view = m_session.view();
  std::erase_if(view.objectives, [metric](const Objective &o) { return o.metric == metric; });
  if (on) view.objectives.push_back(objective(metric));
  view.objectivesByHand = true;
  m_session.change(
      (on ? QStringLiteral("Objective: %1") : QStringLiteral("No objective: %1")).arg(metricTitle(metric).toLower()),
      view);
}

void TradeOffPage::refresh() {
  const ViewState &view = m_session.view();
  m_x->setCurrentIndex(static_cast<int>(view.x));
  m_y->setCurrentIndex(static_cast<int>(view.y));
  const std::size_t count = view.objectives.size();
  for (const MetricInfo &m : allMetrics()) {
    const bool on = std::any_of(view.objectives.begin(), view.objectives.end(),
                                [&](const Objective &o) { return o.metric == m.metric; });
    QAction *action = m_objectiveMenu->actions().at(static_cast<qsizetype>(index(m.metric)));
    action->setChecked(on);
    action->setEnabled(on ? count > FewestObjectives : count < MostObjectives);
  }
  m_followAxes->setChecked(!view.objectivesByHand);
  m_invalid->setChecked(view.invalid == InvalidDesigns::TakePart);
  showObjectives(objectivesTitle(view.objectives) +
                 (view.objectivesByHand ? QStringLiteral(" (set by hand)") : QString()) +
                 (view.invalid == InvalidDesigns::TakePart ? QStringLiteral(", with invalid") : QString()));
  m_chart->setData(paretoData(m_session, axesPlane(m_session)));
  if (view.zoom) showZoom();
  showWhatIf();
}

// The names of four metrics would keep a window from being small.
void TradeOffPage::showObjectives(const QString &text) {
  const QString shown =
      fontMetrics().elidedText(text, Qt::ElideRight, fontMetrics().averageCharWidth() * ObjectiveCharacters);
  m_objectives->setText(shown);
  m_objectives->setToolTip((shown == text ? QString() : text + QLatin1Char('\n')) +
                           QStringLiteral("Two to four metrics in which designs compete"));
}

void TradeOffPage::showWhatIf() {
  if (!isVisible()) return invalidate();
  m_whatIf->setText(whatIfTakeaway(m_session));
  shareLines();
  showMarks();
}

// Who has something to say takes the room.
void TradeOffPage::shareLines() {
  const bool both = !m_whatIf->fullText().isEmpty() && !m_budgets->answer()->fullText().isEmpty();
  m_lines->setStretch(0, both || m_whatIf->fullText().isEmpty() ? 1 : 0);
  m_lines->setStretch(1, both || !m_whatIf->fullText().isEmpty() ? 1 : 0);
}

void TradeOffPage::showZoom() {
  if (const auto &zoom = m_session.view().zoom)
    m_chart->setZoom({zoom->xLow, zoom->xHigh, zoom->yLow, zoom->yHigh});
  else
    m_chart->resetZoom();
}

// The zoom holds both ends of the what-if's arrows, unless a range was chosen.
void TradeOffPage::showMarks() {
  const ScatterMarks marks = scatterMarks(m_session, axesPlane(m_session));
  const bool moved = !(m_chart->figure().marks().arrows == marks.arrows);
  m_chart->setMarks(marks);
  if (moved && !m_session.view().zoom) m_chart->resetZoom();
}

std::unique_ptr<Figure> TradeOffPage::figure() const { return tradeOffFigure(m_session); }

ReportTable TradeOffPage::report() const { return designReport(m_session.table(), m_session.rows()); }

ReportTable TradeOffPage::summary() const { return designSummary(m_session.table(), m_session.rows()); }

}  // namespace pimento
