// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/training_page.h"

#include <QDir>
#include <QLabel>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_cache.h"
#include "app/jobs/run_folders.h"
#include "app/jobs/run_to_train.h"
#include "app/jobs/train_words.h"
#include "app/jobs/worker_process.h"
#include "app/session/labels.h"
#include "app/session/run_choices.h"
#include "app/session/session.h"
#include "app/window/training/inference_panel.h"
#include "app/window/training/run_view.h"
#include "app/window/training/training_form.h"
#include "app/window/training/weights_panel.h"
#include "core/base/error.h"
#include "core/network/counts.h"
#include "widgets/curve_chart.h"

namespace pimento {

TrainingPage::TrainingPage(Session &session, JobQueue &queue, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_queue(queue),
      m_tabs(new QTabWidget),
      m_worker(new QLabel),
      m_workerClock(new QTimer(this)),
      m_form(new TrainingForm),
      m_run(new RunView(session, queue)),
      m_inference(new InferencePanel(session)),
      m_weights(new WeightsPanel(queue)) {
  setObjectName(QStringLiteral("trainingPage"));
  m_tabs->setObjectName(QStringLiteral("trainingTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(m_form, QStringLiteral("New run"));
  m_tabs->addTab(m_run, QStringLiteral("Runs"));
  m_tabs->addTab(m_inference, QStringLiteral("Same picture, all variants"));
  m_tabs->addTab(m_weights, QStringLiteral("Weights of a file"));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  m_worker->setObjectName(QStringLiteral("workerNote"));
  m_worker->setText(
      QStringLiteral("The program that trains is still being built: what needs it starts in some minutes."));
  m_worker->setWordWrap(true);
  m_worker->setMargin(fontMetrics().averageCharWidth());
  m_worker->hide();
  m_workerClock->setInterval(2000);
  connect(m_workerClock, &QTimer::timeout, this, &TrainingPage::showWorker);
  column->addWidget(m_tabs, 1);
  column->addWidget(m_worker);
  connect(m_form, &TrainingForm::startRequested, this, &TrainingPage::start);
  connect(m_form, &TrainingForm::commandRequested, this, &TrainingPage::copyRequested);
  connect(m_form, &TrainingForm::changed, this, &TrainingPage::withdrawRefusal);
  connect(m_form, &TrainingForm::changed, this, &Page::commandChanged);
  connect(m_run, &RunView::cancelRequested, this, &TrainingPage::cancelRequested);
  connect(m_run, &RunView::failed, this, &TrainingPage::failed);
  connect(m_run, &RunView::addRequested, this, &TrainingPage::offerInTradeOff);
  connect(m_run, &RunView::quantiseRequested, this,
          [this](const QString &bits, const QString &method) { quantise(m_run->shown(), bits, method); });
  connect(m_run, &RunView::trainOnRequested, this, &TrainingPage::trainOn);
  connect(m_inference, &InferencePanel::runChosen, this, [this](int id) {
    m_pictureRun = id;
    showPicture();
  });
  connect(m_run, &RunView::shownChanged, this, &Page::commandChanged);
  connect(m_run, &RunView::shownChanged, this, [this] { showPicture(); });
  connect(m_weights, &WeightsPanel::changed, this, &Page::commandChanged);
  connect(m_weights, &WeightsPanel::addRequested, this, &TrainingPage::addDesigns);
  connect(m_tabs, &QTabWidget::currentChanged, this, &Page::commandChanged);
  connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
    if (m_tabs->currentWidget() == m_inference) showPicture(Picture::OfRuns);
  });
  connect(&queue, &JobQueue::listChanged, this, [this] { invalidate(); });
  connect(&session, &Session::tableChanged, this, [this] { invalidate(); });
  connect(&queue, &JobQueue::jobEnded, this, [this](int id) {
    invalidate();
    if (id == m_inference->chosenRun() || m_inference->chosenRun() == 0) showPicture();
  });
}

void TrainingPage::showWorker() {
  const bool building = isBeingBuilt(workerFile());
  m_worker->setVisible(building);
  if (building)
    m_workerClock->start();
  else
    m_workerClock->stop();
}

void TrainingPage::refresh() {
  showWorker();
  m_form->setRate(lastRate(m_queue));
  m_form->setLearned(learnedVariants(m_queue, m_session.definitions().runs));
  showPicture();
}

bool TrainingPage::isSettled() const { return !m_form->isReading() && m_run->isSettled() && m_weights->isSettled(); }

void TrainingPage::start() {
  try {
    const Job job = m_form->checkedJob();
    const QString directory = freeRunDirectory(newRunsFolder(m_session.path()), runName(job));
    createJob(directory, job);
    m_refusal.clear();
    showRun(m_queue.add(runTitle(job), {QStringLiteral("train"), directory}, directory));
    Q_EMIT failed({});
  } catch (const Error &error) {
    m_refusal = error.message();
    Q_EMIT failed(m_refusal);
  }
}

// Why a run was not started is said while it holds: not of a form that says something else by now.
void TrainingPage::withdrawRefusal() {
  if (m_refusal.isEmpty()) return;
  try {
    static_cast<void>(m_form->checkedJob());
  } catch (const Error &error) {
    if (error.message() == m_refusal) return;
  }
  m_refusal.clear();
  Q_EMIT failed({});
}

void TrainingPage::showRun(int id) {
  m_run->show(id);
  m_tabs->setCurrentWidget(m_run);
}

void TrainingPage::offerInTradeOff(int id) {
  const TrainingRun *kept = keptRun(m_session, id);
  const QueuedJob *job = m_queue.find(id);
  const RunResults measured = kept != nullptr ? kept->results : job != nullptr ? resultsOf(*job) : RunResults();
  const bool integers =
      std::ranges::any_of(measured.results, [](const RunResult &result) { return result.bits != SinglePrecision; });
  if (integers || (kept != nullptr && kept->weights.isEmpty())) return showInTradeOff(id);
  Q_EMIT integersMissing(id);
}

void TrainingPage::showInTradeOff(int id) {
  if (const TrainingRun *run = keptRun(m_session, id))
    Q_EMIT showRequested(run->name);
  else
    Q_EMIT addRequested(id);
}

void TrainingPage::openWeights(const QString &path) {
  m_weights->setFile(path);
  m_tabs->setCurrentWidget(m_weights);
}

void TrainingPage::addDesigns() {
  try {
    const StoredTable designs = m_weights->designs();
    const std::size_t added = m_session.addTable(designs);
    Q_EMIT said(added == 0 ? QStringLiteral("The designs of %1 are in the project already.").arg(designs.name)
                           : QStringLiteral("%1 of %2 added to the project: data set %3.")
                                 .arg(countText(added, QStringLiteral("design")), designs.name,
                                      designs.table.name(designs.table.key(0).dataset)));
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
  }
}

// The job of a run. One that only the project keeps gets a directory again, to work on.
const QueuedJob *TrainingPage::unpacked(int id) {
  const TrainingRun *run = keptRun(m_session, id);
  if (run == nullptr || run->weights.isEmpty()) return m_queue.find(id);
  const QString directory = freeRunDirectory(newRunsFolder(m_session.path()), run->name);
  try {
    exportRun(*run, directory);
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
    return nullptr;
  }
  const bool shown = m_run->shown() == id;
  m_queue.setFolders(runsFolders(m_session.path()));
  const QueuedJob *job = m_queue.findDirectory(directory);
  if (job != nullptr && shown) m_run->show(job->id);
  return job;
}

std::optional<int> TrainingPage::quantise(int id, const QString &bits, const QString &method) {
  try {
    static_cast<void>(parseBits(bits, QStringLiteral("quantise")));
    const QueuedJob *job = unpacked(id);
    if (job == nullptr) return std::nullopt;
    return m_queue.add(QStringLiteral("%1 to %2 bits").arg(job->title, bits),
                       {QStringLiteral("quantise"), job->directory, QStringLiteral("--bits"), bits,
                        QStringLiteral("--method"), method},
                       job->directory);
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
    return std::nullopt;
  }
}

void TrainingPage::trainOn(int epochs) {
  const QueuedJob *job = m_queue.find(m_run->shown());
  if (job == nullptr) return;
  try {
    Job more = loadJob(job->directory);
    more.recipe.epochs = epochs;
    settleRun(job->directory, more, Epochs::Asked);
    m_queue.trainOn(job->id);
    Q_EMIT failed({});
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
  }
}

// The runs that have weights. The one chosen here stays, and so does the one that is looked at; else it is the one that
// Runs shows, or the first.
void TrainingPage::fillPictureRuns(Picture which) {
  std::vector<std::pair<int, QString>> runs;
  for (const RunChoice &choice : runChoices(m_session, m_queue))
    if (choice.weights) runs.emplace_back(choice.id, choice.text);
  const auto has = [&](int id) { return std::ranges::any_of(runs, [id](const auto &run) { return run.first == id; }); };
  if (!has(m_pictureRun)) m_pictureRun = 0;
  const int looked = which == Picture::AsBefore && has(m_inference->chosenRun()) ? m_inference->chosenRun() : 0;
  const int chosen = m_pictureRun != 0 ? m_pictureRun : looked != 0 ? looked : has(m_run->shown()) ? m_run->shown() : 0;
  m_inference->setChoices(runs, chosen != 0 || runs.empty() ? chosen : runs.front().first);
}

// Nothing is read or written before the picture is looked at.
void TrainingPage::showPicture(Picture which) {
  if (m_tabs->currentWidget() != m_inference || !isVisible()) return;
  fillPictureRuns(which);
  const int id = m_inference->chosenRun();
  try {
    if (const TrainingRun *run = keptRun(m_session, id)) return m_inference->setRun(cachedRun(*run));
    const QueuedJob *job = m_queue.find(id);
    m_inference->setRun(job != nullptr ? job->directory : QString());
  } catch (const Error &error) {
    m_inference->setProblem(error.message());
  }
}

std::unique_ptr<Figure> TrainingPage::figure() const {
  return std::make_unique<CurveFigure>(m_run->validation().figure().data());
}

// Of the run that is shown; else of the one that the form would start.
QStringList TrainingPage::command() const {
  if (m_tabs->currentWidget() == m_weights) return m_weights->command();
  if (m_tabs->currentIndex() != 0 && m_run->job()) return trainWords(*m_run->job(), m_run->directory());
  try {
    return trainWords(m_form->job(), m_form->learnedFrom());
  } catch (const Error &) {
    return {};  // the form says what is missing
  }
}

ReportTable TrainingPage::report() const {
  if (m_tabs->currentWidget() == m_weights) return m_weights->report();
  return m_tabs->currentWidget() == m_inference ? m_inference->report() : m_run->results();
}

}  // namespace pimento
