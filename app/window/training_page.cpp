// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training_page.h"

#include <QDir>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/window/inference_panel.h"
#include "app/window/run_view.h"
#include "app/window/scrolling.h"
#include "app/window/session.h"
#include "app/window/training_form.h"
#include "core/base/error.h"
#include "widgets/curve_chart.h"

namespace pimento {

TrainingPage::TrainingPage(Session &session, JobQueue &queue, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_queue(queue),
      m_tabs(new QTabWidget),
      m_form(new TrainingForm),
      m_run(new RunView(queue)),
      m_inference(new InferencePanel(session)) {
  setObjectName(QStringLiteral("trainingPage"));
  m_tabs->setObjectName(QStringLiteral("trainingTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(scrolling(m_form), QStringLiteral("New run"));
  m_tabs->addTab(m_run, QStringLiteral("Runs"));
  m_tabs->addTab(m_inference, QStringLiteral("Same picture, all variants"));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_tabs);
  connect(m_form, &TrainingForm::startRequested, this, &TrainingPage::start);
  connect(m_form, &TrainingForm::commandRequested, this, &TrainingPage::copyRequested);
  connect(m_form, &TrainingForm::changed, this, &Page::commandChanged);
  connect(m_run, &RunView::cancelRequested, this, &TrainingPage::cancelRequested);
  connect(m_run, &RunView::addRequested, this, &TrainingPage::addRequested);
  connect(m_run, &RunView::quantiseRequested, this, &TrainingPage::quantiseRequested);
  connect(m_run, &RunView::shownChanged, this, &Page::commandChanged);
  connect(m_run, &RunView::shownChanged, this, &TrainingPage::showPicture);
  connect(m_tabs, &QTabWidget::currentChanged, this, &Page::commandChanged);
  connect(&queue, &JobQueue::listChanged, this, [this] { invalidate(); });
  connect(&queue, &JobQueue::jobEnded, this, [this](int id) {
    invalidate();
    if (id == m_run->shown()) showPicture();
  });
}

void TrainingPage::refresh() { m_form->setRate(lastRate(m_queue)); }

bool TrainingPage::isSettled() const { return !m_form->isReading() && m_run->isSettled(); }

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

// Of the run that is shown, if it has weights.
void TrainingPage::showPicture() {
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
  if (m_tabs->currentIndex() != 0 && m_run->job()) return trainCommand(*m_run->job());
  try {
    return trainCommand(m_form->job());
  } catch (const Error &) {
    return {};  // the form says what is missing
  }
}

ReportTable TrainingPage::report() const {
  return m_tabs->currentWidget() == m_inference ? m_inference->report() : m_run->results();
}

}  // namespace pimento
