// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/run_view.h"

#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/session/labels.h"
#include "app/session/report_model.h"
#include "app/session/run_choices.h"
#include "app/session/session.h"
#include "app/session/training_curves.h"
#include "app/window/controls/scrolling.h"
#include "app/window/training/run_actions.h"
#include "core/base/error.h"
#include "core/base/escaping.h"
#include "core/jobs/job_cost.h"
#include "widgets/curve_chart.h"

namespace pimento {

namespace {

constexpr int Redraw_ms = 200;
constexpr int Clock_ms = 1000;
constexpr int ChartLines = 15;
constexpr int WideRunCharacters = 100;  // of text: from there on the charts stand side by side
constexpr int TableLines = 6;

QStringList namesOf(const Job &job) {
  QStringList names;
  for (const Variant &variant : job.variants) names << variant.name;
  return names;
}

}  // namespace

RunView::RunView(Session &session, JobQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_queue(queue),
      m_run(new QComboBox),
      m_stage(new QComboBox),
      m_state(new QLabel),
      m_numbers(new QLabel),
      m_actions(new RunActions),
      m_charts(new QWidget),
      m_grid(new QGridLayout(m_charts)),
      m_loss(new CurveChart(m_charts)),
      m_validation(new CurveChart(m_charts)),
      m_model(new ReportModel(this)),
      m_table(new QTableView) {
  setObjectName(QStringLiteral("runView"));
  auto *column = new QVBoxLayout(this);
  buildControls(column);
  buildCharts(column);
  m_redraw.setSingleShot(true);
  m_redraw.setInterval(Redraw_ms);
  connect(&m_redraw, &QTimer::timeout, this, &RunView::showJob);
  m_clock.setInterval(Clock_ms);
  connect(&m_clock, &QTimer::timeout, this, [this] {
    const QueuedJob *job = current();
    if (isVisible() && job != nullptr && job->isActive() && !m_redraw.isActive()) showJob();
  });
  m_clock.start();
  connect(&queue, &JobQueue::listChanged, this, &RunView::fillRuns);
  connect(&queue, &JobQueue::jobChanged, this, [this](int id) {
    if (id == m_id && !m_redraw.isActive()) m_redraw.start();
    if (id == m_id) showActions(m_queue.find(id));  // at once: someone pressed something
  });
  connect(&queue, &JobQueue::jobEnded, this, [this](int id) {  // it may have measured something of this run
    const QueuedJob *ended = m_queue.find(id);
    const QueuedJob *shown = current();
    if (ended && shown && ended->directory == shown->directory && id != m_id) showJob();
  });
  connect(&session, &Session::tableChanged, this, &RunView::fillRuns);
  connect(m_run, &QComboBox::currentIndexChanged, this, [this] {
    if (!m_filling) show(m_run->currentData().toInt());
  });
  connect(m_stage, &QComboBox::currentIndexChanged, this, [this] {
    if (!m_filling) showJob();
  });
  fillRuns();
}

RunView::~RunView() = default;

const QueuedJob *RunView::current() const { return m_id < 0 ? m_kept.get() : m_queue.find(m_id); }

const TrainingRun *RunView::kept() const { return keptRun(m_session, m_id); }

void RunView::buildControls(QLayout *column) {
  m_run->setObjectName(QStringLiteral("runPicker"));
  m_run->setAccessibleName(QStringLiteral("Run"));
  m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_stage->setObjectName(QStringLiteral("runStage"));
  m_stage->setAccessibleName(QStringLiteral("Stage of the run"));
  m_stage->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_state->setObjectName(QStringLiteral("runState"));
  m_state->setWordWrap(true);
  for (QLabel *label : {m_state, m_numbers}) label->setTextFormat(Qt::RichText);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_numbers->setObjectName(QStringLiteral("runNumbers"));
  m_numbers->setWordWrap(true);
  auto *label = new QLabel(QStringLiteral("R&un"));
  label->setBuddy(m_run);
  auto *pickers = new QHBoxLayout;
  pickers->addWidget(label);
  pickers->addWidget(m_run, 1);
  pickers->addWidget(m_stage);
  connect(m_actions, &RunActions::pauseRequested, this, [this] { m_queue.pause(m_id); });
  connect(m_actions, &RunActions::stopRequested, this, [this] {
    if (const QString problem = m_queue.stop(m_id); !problem.isEmpty()) Q_EMIT failed(problem);
  });
  connect(m_actions, &RunActions::resumeRequested, this, [this] { m_queue.resume(m_id); });
  connect(m_actions, &RunActions::trainOnRequested, this, &RunView::trainOnRequested);
  connect(m_actions, &RunActions::addRequested, this, [this] { Q_EMIT addRequested(m_id); });
  connect(m_actions, &RunActions::quantiseRequested, this, &RunView::quantiseRequested);
  connect(m_actions, &RunActions::cancelRequested, this, [this] { Q_EMIT cancelRequested(m_id); });
  auto *box = static_cast<QVBoxLayout *>(column);
  box->addLayout(pickers);
  box->addWidget(m_state);
  box->addWidget(m_numbers);
  box->addWidget(m_actions);
}

void RunView::buildCharts(QLayout *column) {
  m_loss->setObjectName(QStringLiteral("lossChart"));
  m_loss->setAccessibleName(QStringLiteral("Training loss over epochs, a curve a variant"));
  m_validation->setObjectName(QStringLiteral("validationChart"));
  m_validation->setAccessibleName(QStringLiteral("Validation accuracy over epochs, a curve a variant"));
  for (CurveChart *chart : {m_loss, m_validation}) chart->setMinimumHeight(fontMetrics().lineSpacing() * ChartLines);
  m_table->setObjectName(QStringLiteral("runResults"));
  m_table->setAccessibleName(QStringLiteral("Test accuracy of each variant"));
  m_table->setModel(m_model);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setAlternatingRowColors(true);
  m_table->setTabKeyNavigation(false);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  m_table->setMinimumHeight(fontMetrics().lineSpacing() * TableLines);
  m_grid->setContentsMargins(0, 0, 0, 0);
  auto *content = new QWidget;
  auto *stack = new QVBoxLayout(content);
  stack->setContentsMargins(0, 0, 0, 0);
  stack->addWidget(m_charts, 3);
  stack->addWidget(m_table, 1);
  static_cast<QVBoxLayout *>(column)->addWidget(scrolling(content), 1);
}

void RunView::arrange() {
  const bool wide = width() >= fontMetrics().averageCharWidth() * WideRunCharacters;
  m_grid->addWidget(m_validation, 0, 0);
  m_grid->addWidget(m_loss, wide ? 0 : 1, wide ? 1 : 0);
  m_grid->setColumnStretch(0, 1);
  m_grid->setColumnStretch(1, wide ? 1 : 0);
}

void RunView::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  arrange();
}

void RunView::fillRuns() {
  m_filling = true;
  m_run->clear();
  for (const RunChoice &choice : runChoices(m_session, m_queue)) m_run->addItem(choice.text, choice.id);
  m_filling = false;
  const bool there = m_run->findData(m_id) >= 0;
  const int id = there ? m_id : m_run->itemData(m_run->count() - 1).toInt();
  m_kept.reset();
  m_job.reset();  // it may ask for more epochs by now
  show(id);
}

std::optional<Job> RunView::readJob() const {
  if (const TrainingRun *run = kept()) return run->job;
  const QueuedJob *job = current();
  try {
    if (job != nullptr) return loadJob(job->directory);
  } catch (const Error &) {
    // A job that is cancelled has no file; another whose file is bad says so when it is resumed.
  }
  return std::nullopt;
}

void RunView::show(int id) {
  const bool other = id != m_id;
  m_id = id;
  m_filling = true;
  m_run->setCurrentIndex(m_run->findData(id));
  if (other) m_stage->clear();
  m_filling = false;
  m_queue.loadHistory(id);
  if (const TrainingRun *run = kept(); run != nullptr && (other || !m_kept))
    m_kept = std::make_unique<QueuedJob>(keptJob(*run, id));
  if (other || !m_job) m_job = readJob();
  showJob();
  if (other) Q_EMIT shownChanged();
}

// A stage more: the picker goes on with the run unless an earlier stage was chosen.
void RunView::showStages(const QueuedJob &job) {
  const bool latest = m_stage->currentIndex() == m_stage->count() - 1;
  m_filling = true;
  for (auto i = static_cast<std::size_t>(m_stage->count()); i < job.log.stages.size(); ++i) {
    const QString &name = job.log.stages[i].name;
    m_stage->addItem(name == QStringLiteral("main")
                         ? QStringLiteral("Variants")
                         : QStringLiteral("%1").arg(name).replace(0, 1, name.left(1).toUpper()),
                     name);
  }
  while (m_stage->count() > static_cast<int>(job.log.stages.size())) m_stage->removeItem(m_stage->count() - 1);
  if (latest) m_stage->setCurrentIndex(m_stage->count() - 1);
  m_stage->setVisible(m_stage->count() > 1);
  m_filling = false;
}

void RunView::showJob() {
  m_redraw.stop();
  const QueuedJob *job = current();
  showActions(job);
  m_charts->setVisible(job != nullptr);
  m_table->setVisible(job != nullptr && job->state == JobState::Done);
  m_stage->setVisible(false);
  m_numbers->setVisible(job != nullptr);
  if (job == nullptr) {
    m_state->setText(
        QStringLiteral("There is no run yet. Choose a network and a recipe under New run and press Start: its curves "
                       "appear here as it learns."));
    return;
  }
  showStages(*job);
  const QString stage = m_stage->currentData().toString();
  const QStringList variants = m_job ? namesOf(*m_job) : QStringList();
  m_loss->setData(lossCurves(*job, stage, variants));
  m_validation->setData(validationCurves(*job, stage, variants));
  const bool teaching = job->isTeaching();
  const double macs = !m_job ? 0 : teaching ? teacherMacsPerImage(*m_job) : macsPerImage(*m_job);
  m_numbers->setText(numbersText(*job, macs, QDateTime::currentDateTime()));
  if (job->state == JobState::Done) {
    const RunResults all = measured();
    m_model->setReport(runReport(all));
    m_table->resizeColumnsToContents();
    const bool single =
        std::ranges::all_of(all.results, [](const RunResult &row) { return row.bits == SinglePrecision; });
    if (m_job)
      for (const QString &note : all.notes(m_job->recipe))
        m_numbers->setText(m_numbers->text() + QStringLiteral("<br>Note: %1.").arg(note));
    if (single && !all.results.empty())
      m_numbers->setText(m_numbers->text() +
                         QStringLiteral("<br>Measured in single precision, as the GPU computes: these accuracies stand "
                                        "beside its costs. <b>Quantise</b> the run for those of the accelerator."));
  }
}

void RunView::showActions(const QueuedJob *job) {
  if (job != nullptr)
    m_state->setText(job->message.isEmpty()
                         ? QStringLiteral("<b>%1</b>").arg(stateText(*job))
                         : QStringLiteral("<b>%1</b>: %2.").arg(stateText(*job), htmlEscaped(job->message)));
  m_actions->offer(job, m_job ? m_job->recipe.epochs : 0);
}

QString RunView::directory() const {
  const QueuedJob *job = current();
  return job == nullptr ? QString() : job->directory;
}

RunResults RunView::measured() const {
  if (const TrainingRun *run = kept()) return run->results;
  const QueuedJob *job = current();
  return job == nullptr ? RunResults() : resultsOf(*job);
}

ReportTable RunView::results() const { return current() == nullptr ? ReportTable() : runReport(measured()); }

}  // namespace pimento
