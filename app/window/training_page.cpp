// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training_page.h"

#include <QDir>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/cli/train_words.h"
#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/window/inference_panel.h"
#include "app/window/run_view.h"
#include "app/window/scrolling.h"
#include "app/window/session.h"
#include "app/window/training_form.h"
#include "app/window/weights_panel.h"
#include "core/base/error.h"
#include "core/network/counts.h"
#include "widgets/curve_chart.h"

namespace pimento {

TrainingPage::TrainingPage(Session &session, JobQueue &queue, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_queue(queue),
      m_tabs(new QTabWidget),
      m_form(new TrainingForm),
      m_run(new RunView(session, queue)),
      m_inference(new InferencePanel(session)),
      m_weights(new WeightsPanel(queue)) {
  setObjectName(QStringLiteral("trainingPage"));
  m_tabs->setObjectName(QStringLiteral("trainingTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(scrolling(m_form), QStringLiteral("New run"));
  m_tabs->addTab(m_run, QStringLiteral("Runs"));
  m_tabs->addTab(m_inference, QStringLiteral("Same picture, all variants"));
  m_tabs->addTab(m_weights, QStringLiteral("Weights of a file"));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_tabs);
  connect(m_form, &TrainingForm::startRequested, this, &TrainingPage::start);
  connect(m_form, &TrainingForm::commandRequested, this, &TrainingPage::copyRequested);
  connect(m_form, &TrainingForm::changed, this, &Page::commandChanged);
  connect(m_run, &RunView::cancelRequested, this, &TrainingPage::cancelRequested);
  connect(m_run, &RunView::addRequested, this, [this](int id) {
    if (const TrainingRun *run = m_run->kept())
      Q_EMIT showRequested(run->name);
    else
      Q_EMIT addRequested(id);
  });
  connect(m_run, &RunView::quantiseRequested, this, &TrainingPage::quantise);
  connect(m_run, &RunView::shownChanged, this, &Page::commandChanged);
  connect(m_run, &RunView::shownChanged, this, &TrainingPage::showPicture);
  connect(m_weights, &WeightsPanel::changed, this, &Page::commandChanged);
  connect(m_weights, &WeightsPanel::addRequested, this, &TrainingPage::addDesigns);
  connect(m_tabs, &QTabWidget::currentChanged, this, &Page::commandChanged);
  connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
    if (m_tabs->currentWidget() == m_inference) showPicture();
  });
  connect(&queue, &JobQueue::listChanged, this, [this] { invalidate(); });
  connect(&session, &Session::tableChanged, this, [this] { invalidate(); });
  connect(&queue, &JobQueue::jobEnded, this, [this](int id) {
    invalidate();
    if (id == m_run->shown()) showPicture();
  });
}

void TrainingPage::refresh() {
  m_form->setRate(lastRate(m_queue));
  m_form->setLearned(learnedVariants(m_queue, m_session.definitions().runs));
}

bool TrainingPage::isSettled() const { return !m_form->isReading() && m_run->isSettled() && m_weights->isSettled(); }

void TrainingPage::start() {
  try {
    const Job job = m_form->job();
    const QString directory = freeRunDirectory(newRunsFolder(m_session.path()), runName(job));
    createJob(directory, job);
    showRun(m_queue.add(runTitle(job), {QStringLiteral("train"), directory}, directory));
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
  }
}

void TrainingPage::showRun(int id) {
  m_run->show(id);
  m_tabs->setCurrentWidget(m_run);
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
                           : QStringLiteral("%1 designs of %2 added to the project: data set %3.")
                                 .arg(added)
                                 .arg(designs.name, designs.table.name(designs.table.key(0).dataset)));
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
  }
}

// A run that only the project keeps gets a directory again, to work on.
void TrainingPage::unpack() {
  const TrainingRun *run = m_run->kept();
  if (run == nullptr || run->weights.isEmpty()) return;
  const QString directory = freeRunDirectory(newRunsFolder(m_session.path()), run->name);
  try {
    exportRun(*run, directory);
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
    return;
  }
  m_queue.setFolders(runsFolders(m_session.path()));
  if (const QueuedJob *job = m_queue.findDirectory(directory)) m_run->show(job->id);
}

void TrainingPage::quantise(const QString &bits, const QString &method) {
  unpack();
  const QueuedJob *job = m_queue.find(m_run->shown());
  if (job == nullptr) return;
  try {
    (void)parseBits(bits, QStringLiteral("quantise"));
    m_queue.add(QStringLiteral("%1 to %2 bits").arg(job->title, bits),
                {QStringLiteral("quantise"), job->directory, QStringLiteral("--bits"), bits, QStringLiteral("--method"),
                 method},
                job->directory);
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
  }
}

// Of the run that is shown, if it has weights.
void TrainingPage::showPicture() {
  if (m_tabs->currentWidget() == m_inference) unpack();
  const QueuedJob *job = m_queue.find(m_run->shown());
  const bool weights =
      job != nullptr && QFile::exists(QDir(job->directory).filePath(QStringLiteral("weights.safetensors")));
  try {
    m_inference->setRun(weights ? job->directory : QString());
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
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
