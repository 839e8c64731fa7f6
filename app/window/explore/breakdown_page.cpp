// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/breakdown_page.h"

#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "app/session/breakdowns.h"
#include "app/session/copy_command.h"
#include "app/session/scatter_points.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/window/controls/scrolling.h"
#include "core/explore/design_report.h"
#include "core/hardware/report/estimate_report.h"
#include "widgets/area_pie.h"
#include "widgets/bar_chart.h"
#include "widgets/pareto_chart.h"

namespace pimento {

BreakdownPage::BreakdownPage(Session &session, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_picker(new QComboBox),
      m_charts(new QStackedLayout),
      m_bars(new BarChart),
      m_pie(new AreaPie),
      m_memory(new ParetoChart) {
  setObjectName(QStringLiteral("breakdownPage"));
  m_picker->setObjectName(QStringLiteral("breakdownPicker"));
  m_picker->setAccessibleName(QStringLiteral("What to break down"));
  for (int i = 0; i < BreakdownCount; ++i) m_picker->addItem(breakdownTitle(static_cast<Breakdown>(i)));
  m_bars->setObjectName(QStringLiteral("breakdownBars"));
  m_bars->setAccessibleName(QStringLiteral("Energy chart"));
  m_pie->setObjectName(QStringLiteral("areaPie"));
  m_pie->setAccessibleName(QStringLiteral("Area chart with its table"));
  m_memory->setObjectName(QStringLiteral("memoryChart"));
  m_memory->setAccessibleName(QStringLiteral("Accuracy against memory; the designs table lists the same points"));
  m_memory->setPanels(Panels::ZoomOnly);
  m_barArea = scrolling(m_bars);
  m_pieArea = scrolling(m_pie);
  for (QWidget *chart : std::initializer_list<QWidget *>{m_barArea, m_pieArea, m_memory}) m_charts->addWidget(chart);
  auto *label = new QLabel(QStringLiteral("&Show"));
  label->setBuddy(m_picker);
  auto *row = new QHBoxLayout;
  row->addWidget(label);
  row->addWidget(m_picker);
  row->addStretch(1);
  auto *column = new QVBoxLayout(this);
  column->addLayout(row);
  column->addLayout(m_charts, 1);
  connect(m_picker, &QComboBox::currentIndexChanged, this, [this] {
    m_chosen = true;
    refresh();
    Q_EMIT commandChanged();
  });
  connect(m_bars, &BarChart::barSelected, this, [this](std::size_t bar) {
    if (bar < m_rows.size()) m_session.select(m_rows[bar]);
  });
  connect(m_memory, &ParetoChart::pointSelected, this,
          [this](quint32 point) { m_session.select(m_session.rows()[point]); });
  connect(m_memory, &ParetoChart::pinToggled, this,
          [this](quint32 point) { m_session.togglePin(m_session.rows()[point]); });
  connect(&session, &Session::opened, this, [this] { m_chosen = false; });
  connect(&session, &Session::viewChanged, this, &BreakdownPage::invalidate);
  connect(&session, &Session::selectionChanged, this, &BreakdownPage::invalidate);
  connect(&session, &Session::whatIfChanged, this, &BreakdownPage::invalidate);
  connect(&session, &Session::pinsChanged, this, &BreakdownPage::invalidate);
}

// Until someone chooses: what there is to show of the designs in view. Worked out when the page is looked at.
void BreakdownPage::chooseFirst() {
  if (m_chosen || !m_session.isOpen()) return;
  const Breakdown first = !moduleEnergy(m_session).rows.empty() ? Breakdown::EnergyByModule
                          : subjectOf(m_session)                ? Breakdown::EnergyByComponent
                                                                : Breakdown::EnergyByModule;
  const QSignalBlocker quiet(m_picker);
  m_picker->setCurrentIndex(static_cast<int>(first));
}

Breakdown BreakdownPage::shown() const { return static_cast<Breakdown>(m_picker->currentIndex()); }

void BreakdownPage::refresh() {
  chooseFirst();
  switch (shown()) {
    case Breakdown::EnergyByModule:
    case Breakdown::EnergyByComponent:
    case Breakdown::EnergyByRegion:
      return showBars();
    case Breakdown::AreaOverhead:
    case Breakdown::AreaByComponent:
      return showPie();
    case Breakdown::Memory:
      return showMemory();
  }
}

void BreakdownPage::showBars() {
  m_rows.clear();
  if (shown() == Breakdown::EnergyByModule) {
    DesignBars bars = moduleEnergy(m_session);
    m_rows = std::move(bars.rows);
    m_bars->setData(std::move(bars.data));
    const auto selected = std::find(m_rows.begin(), m_rows.end(), m_session.selected());
    m_bars->setSelected(selected == m_rows.end() ? std::nullopt
                                                 : std::optional(static_cast<std::size_t>(selected - m_rows.begin())));
  } else {
    m_bars->setData(
        componentEnergy(m_session, shown() == Breakdown::EnergyByRegion ? Regions::Published : Regions::All));
  }
  m_charts->setCurrentWidget(m_barArea);
}

void BreakdownPage::showPie() {
  m_pie->setData(shown() == Breakdown::AreaOverhead ? areaOverhead(m_session) : areaByComponent(m_session));
  m_charts->setCurrentWidget(m_pieArea);
}

void BreakdownPage::showMemory() {
  m_memory->setData(paretoData(m_session, memoryPlane(m_session)), ParetoChart::Zoom::Reset);
  m_memory->setMarks(scatterMarks(m_session, memoryPlane(m_session)));
  m_charts->setCurrentWidget(m_memory);
}

std::unique_ptr<Figure> BreakdownPage::figure() const { return breakdownFigure(m_session, shown()); }

QStringList BreakdownPage::command() const {
  if (shown() == Breakdown::EnergyByModule || shown() == Breakdown::Memory) return designsCommand(m_session);
  return estimateCommand(m_session, QStringLiteral("components"));
}

bool BreakdownPage::showsDesigns() const {
  return shown() == Breakdown::EnergyByModule || shown() == Breakdown::Memory || !subjectOf(m_session);
}

ReportTable BreakdownPage::summary() const {
  return showsDesigns() ? designSummary(m_session.table(), m_session.rows()) : report();
}

ReportTable BreakdownPage::report() const {
  if (showsDesigns()) return designReport(m_session.table(), m_session.rows());
  const auto subject = subjectOf(m_session);
  return componentReport(subject->network, subject->variant,
                         subjectAccelerator(m_session, subject->network.name).changed, subject->bits, subject->part);
}

}  // namespace pimento
