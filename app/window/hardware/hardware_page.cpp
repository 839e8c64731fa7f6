// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/hardware/hardware_page.h"

#include <QComboBox>
#include <QFontInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "app/session/breakdowns.h"
#include "app/session/figures.h"
#include "app/session/hardware_chain.h"
#include "app/session/latest_run.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/window/controls/scrolling.h"
#include "core/base/error.h"
#include "core/hardware/report/estimate_report.h"
#include "core/hardware/scaling/operating_point.h"
#include "widgets/area_pie.h"
#include "widgets/bar_chart.h"
#include "widgets/chain_view.h"
#include "widgets/curve_chart.h"
#include "widgets/histogram_chart.h"

namespace pimento {

namespace {

constexpr const char *Titles[] = {"Everything",    "Chain",         "Switching curve",
                                  "Sense margins", "Area overhead", "Energy by component"};
constexpr int ChartLines = 17;  // of text: the least height of a chart
constexpr int PieWidth = 54;    // times the size of the font: the pie with its table beside it
constexpr int RestMs = 150;     // after which a slider is taken to rest

}  // namespace

HardwarePage::HardwarePage(Session &session, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_picker(new QComboBox),
      m_operation(new QComboBox),
      m_content(new QWidget),
      m_grid(new QGridLayout(m_content)),
      m_chain(new ChainView),
      m_curve(new CurveChart),
      m_margins(new HistogramChart),
      m_pie(new AreaPie),
      m_bars(new BarChart),
      m_curveRun(new LatestRun(this)),
      m_marginRun(new LatestRun(this)) {
  m_curveRun->setObjectName(QStringLiteral("curveRun"));
  setObjectName(QStringLiteral("hardwarePage"));
  m_picker->setObjectName(QStringLiteral("hardwarePicker"));
  m_picker->setAccessibleName(QStringLiteral("What to show of the hardware"));
  for (const char *text : Titles) m_picker->addItem(QString::fromLatin1(text));
  m_operation->setObjectName(QStringLiteral("senseOperation"));
  m_operation->setAccessibleName(QStringLiteral("Sense operation"));
  for (const char *text : SenseOpNames) m_operation->addItem(QString::fromLatin1(text));
  m_operation->setCurrentIndex(static_cast<int>(SenseOp::And2));
  m_chain->setObjectName(QStringLiteral("hardwareChain"));
  m_curve->setObjectName(QStringLiteral("switchingChart"));
  m_curve->setAccessibleName(QStringLiteral("Switching current against pulse"));
  m_margins->setObjectName(QStringLiteral("marginChart"));
  m_margins->setAccessibleName(QStringLiteral("Bit-line voltages by number of ones"));
  m_pie->setObjectName(QStringLiteral("overheadPie"));
  m_pie->setAccessibleName(QStringLiteral("Area that computing adds, with its table"));
  m_bars->setObjectName(QStringLiteral("hardwareEnergy"));
  m_bars->setAccessibleName(QStringLiteral("Energy by component, before and after"));
  auto *sliders = new QPushButton(QStringLiteral("&Sliders"));
  sliders->setObjectName(QStringLiteral("showSliders"));
  sliders->setToolTip(QStringLiteral("Brings the sliders of the what-if to the front"));
  connect(sliders, &QPushButton::clicked, this, [this] { Q_EMIT sectionRequested({}); });
  auto *show = new QLabel(QStringLiteral("Sh&ow"));
  show->setBuddy(m_picker);
  auto *operation = new QLabel(QStringLiteral("&Margins of"));
  operation->setBuddy(m_operation);
  auto *row = new QHBoxLayout;
  row->addWidget(show);
  row->addWidget(m_picker);
  row->addWidget(operation);
  row->addWidget(m_operation);
  row->addStretch(1);
  row->addWidget(sliders);
  m_grid->setContentsMargins(0, 0, 0, 0);
  auto *column = new QVBoxLayout(this);
  column->addLayout(row);
  m_pie->setMinimumWidth(QFontInfo(font()).pixelSize() * PieWidth);
  m_pieArea = scrolling(m_pie);
  m_area = scrolling(m_content);
  column->addWidget(m_area, 1);
  for (QWidget *chart : std::initializer_list<QWidget *>{m_curve, m_margins})
    chart->setMinimumHeight(fontMetrics().lineSpacing() * ChartLines);
  m_grid->setColumnStretch(0, 1);
  m_grid->setColumnStretch(1, 1);
  m_pause.setSingleShot(true);
  m_pause.setInterval(RestMs);
  connect(&m_pause, &QTimer::timeout, this, &HardwarePage::solveCurve);
  connect(m_picker, &QComboBox::currentIndexChanged, this, [this] {
    m_columns = {};
    arrange();
  });
  connect(m_operation, &QComboBox::currentIndexChanged, this, &HardwarePage::askForMargins);
  connect(m_chain, &ChainView::boxActivated, this,
          [this](std::size_t box) { Q_EMIT sectionRequested(chainSection(box)); });
  connect(&session, &Session::viewChanged, this, &HardwarePage::invalidate);
  connect(&session, &Session::selectionChanged, this, &HardwarePage::invalidate);
  connect(&session, &Session::whatIfChanged, this, &HardwarePage::invalidate);
  arrange();
}

HardwarePage::~HardwarePage() = default;

HardwarePage::Chart HardwarePage::shown() const { return static_cast<Chart>(m_picker->currentIndex()); }

SenseOp HardwarePage::operation() const { return static_cast<SenseOp>(m_operation->currentIndex()); }

// The chain above, below it two charts side by side where there is room; or one of them alone.
void HardwarePage::arrange() {
  const std::array<QWidget *, ChartCount - 1> charts{m_chain, m_curve, m_margins, m_pieArea, m_bars};
  const int room = m_area->viewport()->width() - m_grid->horizontalSpacing();
  const auto fit = [&](int width) { return shown() == Overview && room >= 2 * width ? 2 : 1; };
  const std::pair columns(fit(m_curve->minimumSizeHint().width()), fit(m_pie->minimumWidth()));
  if (columns == m_columns) return;
  m_columns = columns;
  for (QWidget *chart : charts) m_grid->removeWidget(chart);
  int row = 0;
  const auto add = [&](QWidget *left, QWidget *right, int across) {
    m_grid->addWidget(left, row, 0, 1, across == 2 ? 1 : 2);
    if (across == 1) ++row;
    m_grid->addWidget(right, row++, across - 1, 1, across == 2 ? 1 : 2);
  };
  m_grid->addWidget(m_chain, row++, 0, 1, 2);
  add(m_curve, m_margins, columns.first);
  add(m_pieArea, m_bars, columns.second);
  for (std::size_t i = 0; i < charts.size(); ++i)
    charts[i]->setVisible(shown() == Overview || shown() == static_cast<Chart>(i + 1));
  if (shown() == Energy) m_grid->setAlignment(m_bars, Qt::AlignTop);  // two bars do not fill a page
}

void HardwarePage::resizeEvent(QResizeEvent *event) {
  Page::resizeEvent(event);
  arrange();
}

void HardwarePage::hideEvent(QHideEvent *event) {
  m_pause.stop();
  m_curveRun->stop();
  m_marginRun->stop();
  m_marginsAsked.reset();
  invalidate();  // what was under way is asked for again
  Page::hideEvent(event);
}

void HardwarePage::refresh() {
  if (!m_session.isOpen()) return;
  m_chain->setData(hardwareChain(m_session));
  m_pie->setData(areaOverhead(m_session));
  m_pieArea->setMinimumHeight(m_pie->minimumSizeHint().height() +
                              m_pieArea->horizontalScrollBar()->sizeHint().height());
  m_bars->setData(energyBeforeAndAfter(m_session));
  askForCurve();
  askForMargins();
}

void HardwarePage::askForCurve() {
  const auto subject = subjectOf(m_session);
  const SubjectAccelerator at = subjectAccelerator(m_session, subject ? subject->network.name : QString());
  m_device = at.changed.device;
  m_base = at.base.device;
  const bool solved = m_solved == m_device;
  m_curve->setData(switchingData(m_device, m_base, solved ? &m_points : nullptr));
  m_curveRun->stop();
  if (solved || !whyNoCurve(m_device).isEmpty())
    m_pause.stop();
  else
    m_pause.start();
}

void HardwarePage::solveCurve() {
  m_curveRun->start([this, device = m_device](const std::stop_token &stop) -> LatestRun::Answer {
    std::vector<SwitchingPoint> points;
    try {
      points = switchingCurve(device, curvePulses_ns(device), stop);
    } catch (const Error &) {
      // Whatever the fit takes the equation takes too; without points the curve says that none switches.
    }
    return [this, device, points] {
      m_solved = device;
      m_points = points;
      m_curve->setData(switchingData(m_device, m_base, &m_points));
    };
  });
}

void HardwarePage::askForMargins() {
  const auto subject = subjectOf(m_session);
  const SubjectAccelerator at = subjectAccelerator(m_session, subject ? subject->network.name : QString());
  const Sensing sensing = operatingPoint(at.changed).sensing;
  const Sensing base = operatingPoint(at.base).sensing;
  const std::tuple asked(sensing, base, operation());
  if (m_marginsAsked == asked) return;
  m_marginsAsked = asked;
  m_marginRun->start([this, sensing, base, op = operation()](const std::stop_token &stop) -> LatestRun::Answer {
    const MarginHistogram histogram = marginHistogram(sensing, op, MarginTrials, MarginSeed, stop);
    std::optional<MarginHistogram> before;
    if (!(base == sensing)) before = marginHistogram(base, op, MarginTrials, MarginSeed, stop);
    return [this, sensing, histogram, before] {
      m_margins->setData(marginData(sensing, histogram, before ? &*before : nullptr));
    };
  });
}

bool HardwarePage::isSettled() const {
  return !m_pause.isActive() && !m_curveRun->isRunning() && !m_marginRun->isRunning();
}

std::unique_ptr<Figure> HardwarePage::figure() const {
  switch (shown()) {
    case Switching:
      return withSubjectNotes(m_session, std::make_unique<CurveFigure>(m_curve->figure().data()));
    case Margins:
      return withSubjectNotes(m_session, std::make_unique<HistogramFigure>(m_margins->figure().data()));
    case Area:
      return withSubjectNotes(m_session, std::make_unique<PieFigure>(areaOverhead(m_session)));
    case Energy:
      return withSubjectNotes(m_session, std::make_unique<BarFigure>(energyBeforeAndAfter(m_session)));
    default:
      return withSubjectNotes(m_session, std::make_unique<ChainFigure>(hardwareChain(m_session)));
  }
}

ReportTable HardwarePage::report() const {
  const auto subject = subjectOf(m_session);
  if (!subject) return {};
  return componentReport(subject->network, subject->variant,
                         subjectAccelerator(m_session, subject->network.name).changed, subject->bits, subject->part);
}

}  // namespace pimento
