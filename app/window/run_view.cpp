// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/run_view.h"

#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/window/labels.h"
#include "app/window/report_model.h"
#include "app/window/scrolling.h"
#include "app/window/session.h"
#include "app/window/training_curves.h"
#include "core/base/error.h"
#include "core/base/wilson.h"
#include "core/jobs/job_cost.h"
#include "widgets/curve_chart.h"

namespace pimento {

namespace {

constexpr int Redraw_ms = 200;
constexpr int Clock_ms = 1000;
constexpr int ChartLines = 15;
constexpr int WideCharacters = 100;  // of text: from there on the charts stand side by side
constexpr int TableLines = 6;

QStringList namesOf(const Job &job) {
  QStringList names;
  for (const Variant &variant : job.variants) names << variant.name;
  return names;
}

RunResults resultsOf(const QueuedJob &job) {
  try {
    RunResults kept = loadRunResults(job.directory);
    if (!kept.results.empty()) return kept;
  } catch (const Error &) {
    // What can not be read is told where it is used; the events hold the same.
  }
  RunResults told;
  told.data = job.log.data;
  if (job.log.outcome)
    for (const TestScore &score : job.log.outcome->scores)
      told.results.push_back({.variant = score.variant, .correct = score.correct, .images = score.images});
  return told;
}

// A run that a project keeps, as a job that is done.
QueuedJob jobOf(const TrainingRun &run, int id) {
  QueuedJob job{.id = id, .title = runTitle(run.job), .words = {QStringLiteral("train")}, .state = JobState::Done};
  EventLines lines;
  lines.add(run.history + '\n');
  while (const auto event = lines.next()) job.log.take(event->object);
  return job;
}

}  // namespace

ReportTable runReport(const RunResults &results) {
  ReportTable table;
  for (const char *name : {"variant", "bits_w", "bits_a", "how", "accuracy_pct", "interval_low_pct",
                           "interval_high_pct", "correct", "n", "data", "kind"})
    table.columns << QString::fromLatin1(name);
  for (const RunResult &row : results.results) {
    const Interval interval = row.interval_pct();
    table.rows.push_back({row.variant, qint64(row.bits.weights), qint64(row.bits.activations), resultHowName(row.how),
                          row.accuracy_pct(), interval.low, interval.high, qint64(row.correct), qint64(row.images),
                          results.data, QStringLiteral("measured")});
  }
  return table;
}

RunView::RunView(Session &session, JobQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_queue(queue),
      m_run(new QComboBox),
      m_stage(new QComboBox),
      m_state(new QLabel),
      m_numbers(new QLabel),
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

const TrainingRun *RunView::kept() const {
  const auto &runs = m_session.definitions().runs;
  return m_id < 0 && -m_id <= std::ssize(runs) ? &runs[static_cast<std::size_t>(-m_id - 1)] : nullptr;
}

QPushButton *RunView::button(const char *name, const QString &text, const QString &tip) {
  auto *result = new QPushButton(text);
  result->setObjectName(QString::fromLatin1(name));
  result->setToolTip(tip);
  return result;
}

void RunView::buildControls(QLayout *column) {
  m_run->setObjectName(QStringLiteral("runPicker"));
  m_run->setAccessibleName(QStringLiteral("Run"));
  m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_stage->setObjectName(QStringLiteral("runStage"));
  m_stage->setAccessibleName(QStringLiteral("Stage of the run"));
  m_stage->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_state->setObjectName(QStringLiteral("runState"));
  m_state->setWordWrap(true);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_numbers->setObjectName(QStringLiteral("runNumbers"));
  m_numbers->setWordWrap(true);
  auto *label = new QLabel(QStringLiteral("R&un"));
  label->setBuddy(m_run);
  auto *pickers = new QHBoxLayout;
  pickers->addWidget(label);
  pickers->addWidget(m_run, 1);
  pickers->addWidget(m_stage);
  m_stop = button("runStop", QStringLiteral("Stop and keep best"),
                  QStringLiteral("Ends after this update and tests the best weights so far"));
  m_resume = button("runResume", QStringLiteral("Resume"),
                    QStringLiteral("Goes on from the last checkpoint, at the end of the queue"));
  m_add = button("runAdd", QStringLiteral("Show in Trade-off"),
                 QStringLiteral("Its variants as design points: measured accuracy with estimated cost"));
  m_quantise = button("runQuantise", QStringLiteral("Quantise"),
                      QStringLiteral("The integers that an array computes with, and their accuracy"));
  m_cancel = button("runCancel", QStringLiteral("Cancel and discard"),
                    QStringLiteral("Ends and removes what the run has made"));
  connect(m_stop, &QPushButton::clicked, this, [this] { m_queue.stop(m_id); });
  connect(m_resume, &QPushButton::clicked, this, [this] { m_queue.resume(m_id); });
  connect(m_add, &QPushButton::clicked, this, [this] { Q_EMIT addRequested(m_id); });
  addPrecisions();
  connect(m_cancel, &QPushButton::clicked, this, [this] { Q_EMIT cancelRequested(m_id); });
  auto *buttons = new QHBoxLayout;
  for (QPushButton *one : {m_stop, m_resume, m_add, m_quantise}) buttons->addWidget(one);
  buttons->addStretch(1);
  buttons->addWidget(m_cancel);
  auto *box = static_cast<QVBoxLayout *>(column);
  box->addLayout(pickers);
  box->addWidget(m_state);
  box->addWidget(m_numbers);
  box->addLayout(buttons);
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
  const bool wide = width() >= fontMetrics().averageCharWidth() * WideCharacters;
  m_grid->addWidget(m_validation, 0, 0);
  m_grid->addWidget(m_loss, wide ? 0 : 1, wide ? 1 : 0);
  m_grid->setColumnStretch(0, 1);
  m_grid->setColumnStretch(1, wide ? 1 : 0);
}

void RunView::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  arrange();
}

void RunView::addPrecisions() {
  auto *menu = new QMenu(m_quantise);
  menu->setObjectName(QStringLiteral("quantiseMenu"));
  const QString after = resultHowName(ResultHow::PostTraining);
  const QString aware = resultHowName(ResultHow::QuantisationAware);
  for (const auto &[text, bits, method] :
       {std::tuple{QStringLiteral("&8:8 bits"), QStringLiteral("8:8"), after},
        {QStringLiteral("&16:16 bits"), QStringLiteral("16:16"), after},
        {QStringLiteral("8:8 bits, &fine-tuned (quantisation-aware)"), QStringLiteral("8:8"), aware},
        {QStringLiteral("&4:4 bits, fine-tuned (quantisation-aware)"), QStringLiteral("4:4"), aware}}) {
    QAction *action = menu->addAction(text);
    connect(action, &QAction::triggered, this, [this, b = bits, m = method] { Q_EMIT quantiseRequested(b, m); });
  }
  connect(menu->addAction(QStringLiteral("&Other bits…")), &QAction::triggered, this, [this, after] {
    bool chosen = false;
    const QString bits = QInputDialog::getText(this, QStringLiteral("Quantise"),
                                               QStringLiteral("Bits of weights and activations, as 6:8"),
                                               QLineEdit::Normal, QStringLiteral("6:8"), &chosen);
    if (chosen) Q_EMIT quantiseRequested(bits, after);
  });
  m_quantise->setMenu(menu);
}

// Those with a directory, then those that only the project keeps.
void RunView::fillRuns() {
  m_filling = true;
  m_run->clear();
  QStringList known;
  for (const QueuedJob &job : m_queue.jobs()) {
    if (!job.isTraining()) continue;
    known << QFileInfo(job.directory).fileName();
    m_run->addItem(QStringLiteral("%1 (%2)").arg(job.title, known.back()), job.id);
  }
  const auto &runs = m_session.definitions().runs;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (!known.contains(runs[i].name))
      m_run->addItem(QStringLiteral("%1 (%2, kept in the project)").arg(runTitle(runs[i].job), runs[i].name),
                     -static_cast<int>(i) - 1);
  m_filling = false;
  const bool there = m_run->findData(m_id) >= 0;
  const int id = there ? m_id : m_run->itemData(m_run->count() - 1).toInt();
  m_kept.reset();
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
    m_kept = std::make_unique<QueuedJob>(jobOf(*run, id));
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
  const bool teaching = job->log.stage() != nullptr && job->log.stage()->name == QStringLiteral("teacher");
  const double macs = !m_job ? 0 : teaching ? teacherMacsPerImage(*m_job) : macsPerImage(*m_job);
  m_numbers->setText(numbersText(*job, macs, QDateTime::currentDateTime()));
  if (job->state == JobState::Done) {
    const RunResults all = measured();
    m_model->setReport(runReport(all));
    m_table->resizeColumnsToContents();
    const bool single =
        std::ranges::all_of(all.results, [](const RunResult &row) { return row.bits == SinglePrecision; });
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
                         : QStringLiteral("<b>%1</b>: %2.").arg(stateText(*job), job->message.toHtmlEscaped()));
  const bool done = job != nullptr && job->state == JobState::Done;
  m_stop->setVisible(job != nullptr && job->isActive());
  m_stop->setEnabled(job != nullptr && (job->state == JobState::Running || job->state == JobState::Elsewhere));
  m_resume->setVisible(job != nullptr && job->canResume());
  m_add->setVisible(done);
  m_quantise->setVisible(done);
  m_cancel->setVisible(job != nullptr && (job->canCancel() || job->state == JobState::Cancelling));
  m_cancel->setEnabled(job != nullptr && job->canCancel());
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
