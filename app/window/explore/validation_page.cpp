// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/validation_page.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

#include "app/session/report_model.h"
#include "app/session/validation_text.h"
#include "app/window/controls/scrolling.h"
#include "core/base/error.h"
#include "widgets/ratio_chart.h"

namespace pimento {

namespace {

constexpr int RedrawMs = 150;
constexpr int NameColumns = 26;      // characters of a name, broken if longer
constexpr int SentenceColumns = 64;  // of a column of sentences
constexpr int LeastReason = 28;
constexpr int DetailLines = 3;
enum Pick : int { Everything, Differing, FirstEvidence };  // then one for each group

QString pickOf(Evidence evidence) {
  const QString title = evidenceTitle(evidence);
  return title.left(1).toUpper() + title.mid(1);
}

}  // namespace

ValidationPage::ValidationPage(QWidget *parent)
    : Page(parent),
      m_picker(new QComboBox),
      m_chart(new RatioChart),
      m_area(static_cast<QScrollArea *>(scrolling(m_chart))),
      m_model(new ReportModel(this)),
      m_table(new QTableView),
      m_detail(new QLabel),
      m_run(new QPushButton(QStringLiteral("&Run the checks"))),
      m_stop(new QPushButton(QStringLiteral("&Stop"))),
      m_progress(new QProgressBar),
      m_state(new QLabel) {
  setObjectName(QStringLiteral("validationPage"));
  m_chart->setObjectName(QStringLiteral("validationChart"));
  buildTable();
  auto *row = new QHBoxLayout;
  buildControls(row);
  auto *both = new QSplitter(Qt::Vertical);
  both->addWidget(m_area);
  auto *lower = new QWidget;
  auto *below = new QVBoxLayout(lower);
  below->setContentsMargins(0, 0, 0, 0);
  below->addWidget(m_table, 1);
  below->addWidget(m_detail);
  both->addWidget(lower);
  both->setStretchFactor(0, 3);
  both->setStretchFactor(1, 2);
  both->setSizes({3000, 2000});  // of what there is
  auto *column = new QVBoxLayout(this);
  column->addLayout(row);
  column->addWidget(both, 1);
  connect(m_chart, &RatioChart::itemSelected, this, &ValidationPage::showRow);
  m_redraw.setSingleShot(true);
  m_redraw.setInterval(RedrawMs);
  connect(&m_redraw, &QTimer::timeout, this, &ValidationPage::showResults);
  showResults();
  showState();
}

void ValidationPage::buildTable() {
  m_table->setObjectName(QStringLiteral("validationTable"));
  m_table->setAccessibleName(QStringLiteral("Checks with reasons and sources"));
  m_table->setModel(m_model);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setAlternatingRowColors(true);
  m_table->setTabKeyNavigation(false);
  m_table->setWordWrap(true);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->verticalHeader()->hide();
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_detail->setObjectName(QStringLiteral("checkDetail"));
  m_detail->setAccessibleName(QStringLiteral("The chosen check in full"));
  m_detail->setWordWrap(true);
  m_detail->setTextFormat(Qt::RichText);
  m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_detail->setMinimumHeight(fontMetrics().lineSpacing() * DetailLines);  // its place does not come and go
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ValidationPage::showDot);
}

void ValidationPage::buildControls(QLayout *row) {
  m_picker->setObjectName(QStringLiteral("checkPicker"));
  m_picker->setAccessibleName(QStringLiteral("Which checks to show"));
  m_picker->addItems({QStringLiteral("Every check"), QStringLiteral("What differs")});
  for (std::size_t i = 0; i < EvidenceCount; ++i) m_picker->addItem(pickOf(static_cast<Evidence>(i)));
  m_picker->insertSeparator(m_picker->count());
  m_picker->addItems(checkGroups());
  m_picker->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_picker->setMinimumContentsLength(10);  // its list is as wide as its longest entry
  auto *label = new QLabel(QStringLiteral("S&how"));
  label->setBuddy(m_picker);
  row->addWidget(label);
  row->addWidget(m_picker);
  connect(m_picker, &QComboBox::currentIndexChanged, this, [this] {
    m_chart->setSelected(std::nullopt);
    showResults();
  });
  m_run->setObjectName(QStringLiteral("runChecks"));
  m_stop->setObjectName(QStringLiteral("stopChecks"));
  m_stop->setToolTip(QStringLiteral("Ends after the check that is at work; what is done stays"));
  m_progress->setObjectName(QStringLiteral("checkProgress"));
  m_progress->setAccessibleName(QStringLiteral("Checks done"));
  m_progress->setFormat(QStringLiteral("%v of %m"));
  m_progress->setMinimumWidth(fontMetrics().averageCharWidth() * 12);  // a small window keeps its size
  m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 40);
  m_state->setWordWrap(true);
  m_state->setObjectName(QStringLiteral("checkState"));
  for (QWidget *widget : std::initializer_list<QWidget *>{m_run, m_stop, m_progress, m_state}) row->addWidget(widget);
  static_cast<QHBoxLayout *>(row)->setStretchFactor(m_state, 1);
  connect(m_run, &QPushButton::clicked, this, &ValidationPage::start);
  connect(m_stop, &QPushButton::clicked, this, &ValidationPage::stop);
}

void ValidationPage::refresh() {
  if (m_results.empty() && !m_running) start();
}

void ValidationPage::start() {
  if (m_running) return;
  m_running = true;
  m_done = 0;
  m_problem.clear();
  m_progress->setRange(0, 0);
  showState();
  m_checks.start(this, [this](const std::stop_token &stopped, const Background::Post &post) {
    const auto tell = [&](const std::vector<CheckResult> &done, std::size_t all) {
      post([this, result = done.back(), count = done.size(), all] { take(result, count, all); });
    };
    QString problem;
    try {
      (void)runChecks(stopped, tell);
    } catch (const Error &error) {
      problem = error.message();
    }
    const bool complete = problem.isEmpty() && !stopped.stop_requested();
    post([this, problem, complete] { end(problem, complete); });
  });
}

void ValidationPage::stop() {
  m_checks.requestStop();
  if (m_running) m_state->setText(QStringLiteral("Stopping…"));
}

// In the place of what an earlier run found: one that is stopped early takes nothing away.
void ValidationPage::take(const CheckResult &result, std::size_t done, std::size_t all) {
  m_done = done;
  m_all = all;
  const auto known = std::ranges::find(m_results, result.id, &CheckResult::id);
  if (known != m_results.end())
    *known = result;
  else
    m_results.push_back(result);
  if (!m_redraw.isActive()) m_redraw.start();
}

void ValidationPage::end(const QString &problem, bool complete) {
  m_running = false;
  m_problem = problem;
  m_stopped = !complete;
  m_redraw.stop();
  showResults();
  showState();
}

QString ValidationPage::pickedName() const {
  const int pick = m_picker->currentIndex();
  if (pick == Everything) return {};
  return pick == Differing ? QStringLiteral("what differs") : m_picker->currentText();
}

std::vector<CheckResult> ValidationPage::picked() const {
  const int pick = m_picker->currentIndex();
  if (pick == Everything) return m_results;
  std::vector<CheckResult> results;
  const int evidence = pick - FirstEvidence;
  std::ranges::copy_if(m_results, std::back_inserter(results), [&](const CheckResult &result) {
    if (pick == Differing) return result.scored && !result.agrees();
    if (evidence < static_cast<int>(EvidenceCount)) return static_cast<int>(result.evidence) == evidence;
    return result.group == m_picker->currentText();
  });
  return results;
}

// Bar, chart and table together, so that they tell of the same checks.
void ValidationPage::showResults() {
  const auto selected = m_chart->selected();
  if (m_done > 0) {
    m_progress->setRange(0, static_cast<int>(m_all));
    m_progress->setValue(static_cast<int>(m_done));
  }
  RatioData ratios = validationRatios(picked(), pickedName());
  if (m_running && !ratios.takeaway.isEmpty())
    ratios.takeaway.prepend(QStringLiteral("%1 of %2 checks are done. ").arg(m_done).arg(m_all));
  m_chart->setData(ratios);
  m_model->setReport(summary());
  fitColumns();
  if (selected && *selected < m_chart->itemCount()) showRow(*selected);
  showDetail();
}

// Names and sentences are broken; the reason takes what the numbers leave of the width.
void ValidationPage::fitColumns() {
  m_table->resizeColumnsToContents();
  const int character = fontMetrics().averageCharWidth();
  const auto column = [&](const char *name) {
    return static_cast<int>(m_model->report().columns.indexOf(QLatin1String(name)));
  };
  const auto atMost = [&](const char *name, int characters) {
    if (m_table->columnWidth(column(name)) > characters * character)
      m_table->setColumnWidth(column(name), characters * character);
  };
  atMost("check", NameColumns);
  atMost("source", SentenceColumns);
  int room = m_table->viewport()->width();
  for (const char *name : {"check", "ours", "theirs", "ratio"}) room -= m_table->columnWidth(column(name));
  m_table->setColumnWidth(column("reason"), std::clamp(room, LeastReason * character, SentenceColumns * character));
  m_table->resizeRowsToContents();
}

void ValidationPage::resizeEvent(QResizeEvent *event) {
  Page::resizeEvent(event);
  if (!m_redraw.isActive()) m_redraw.start();
}

void ValidationPage::showDetail() {
  const std::vector<CheckResult> results = picked();
  const int row = m_table->currentIndex().row();
  if (row >= 0 && static_cast<std::size_t>(row) < results.size())
    m_detail->setText(checkDetail(results[static_cast<std::size_t>(row)]));
  else
    m_detail->setText(results.empty() ? QString() : QStringLiteral("Choose a row for its reason and source."));
}

void ValidationPage::showState() {
  m_run->setEnabled(!m_running);
  m_stop->setEnabled(m_running);
  m_progress->setVisible(m_running);
  QString text;
  if (!m_running && !m_problem.isEmpty())
    text = QStringLiteral("The checks ended early: %1").arg(m_problem);
  else if (!m_running && m_stopped)
    text = stoppedText(m_done, m_all, m_results.size());
  m_state->setText(text);
}

void ValidationPage::showRow(std::size_t row) {
  m_table->setCurrentIndex(m_model->index(static_cast<int>(row), 0));
  m_table->scrollTo(m_table->currentIndex());
}

void ValidationPage::showDot(const QModelIndex &row) {
  if (!row.isValid()) return;
  showDetail();
  m_chart->setSelected(static_cast<std::size_t>(row.row()));
  const QRectF box = m_chart->boxOf(static_cast<std::size_t>(row.row()));
  m_area->ensureVisible(static_cast<int>(box.left()), static_cast<int>(box.center().y()), 0,
                        static_cast<int>(box.height() * 2));
}

std::unique_ptr<Figure> ValidationPage::figure() const {
  return std::make_unique<RatioFigure>(validationRatios(picked(), pickedName()));
}

ReportTable ValidationPage::report() const { return checkReport(m_results); }

ReportTable ValidationPage::summary() const { return validationSummary(picked()); }

}  // namespace pimento
