// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of the main window: what is trained, what ended, and what becomes of it when the window closes.
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/window/jobs_dock.h"
#include "app/window/main_window.h"
#include "app/window/message_bar.h"
#include "app/window/session.h"
#include "app/window/training_page.h"
#include "core/base/error.h"

namespace pimento {

void MainWindow::connectJobs() {
  connect(m_training, &TrainingPage::failed, this, &MainWindow::report);
  connect(m_training, &TrainingPage::said, this, &MainWindow::note);
  connect(m_training, &TrainingPage::copyRequested, this, &MainWindow::copyCommand);
  connect(m_training, &TrainingPage::cancelRequested, this, &MainWindow::cancelJob);
  connect(m_training, &TrainingPage::addRequested, this, [this](int id) {
    const QueuedJob *job = m_queue->find(id);
    const QString run = job == nullptr ? QString() : importJob(*job);
    if (!run.isEmpty()) showInTradeOff(run);
  });
  connect(m_training, &TrainingPage::showRequested, this, &MainWindow::showInTradeOff);
  connect(m_jobs, &JobsDock::cancelRequested, this, &MainWindow::cancelJob);
  connect(m_jobs, &JobsDock::showRequested, this, [this](int id) {
    showPage(m_training->name());
    m_training->showRun(id);
  });
  connect(m_queue, &JobQueue::jobEnded, this, &MainWindow::tellEnd);
  connect(&m_session, &Session::documentChanged, this, &MainWindow::findRuns);
  findRuns();
}

// Runs of earlier windows belong to the project that is open.
void MainWindow::findRuns() {
  const QStringList folders = runsFolders(m_session.path());
  if (folders == m_runsFolders || !m_session.isOpen()) return;
  m_runsFolders = folders;
  m_queue->setFolders(folders);
  for (const QueuedJob &job : m_queue->jobs())
    if (job.state == JobState::Elsewhere) return m_training->showRun(job.id);  // an earlier window began it
}

// Asks first where there is something to lose.
void MainWindow::cancelJob(int id) {
  const QueuedJob *job = m_queue->find(id);
  if (job == nullptr) return;
  const auto cancel = [this, id] {
    if (const QString problem = m_queue->cancel(id); !problem.isEmpty()) report(problem);
  };
  if (!job->checkpoint) return cancel();
  m_messages->say(QStringLiteral("Discard %1 with its checkpoint?").arg(job->title), MessageBar::Tone::Note,
                  {{QStringLiteral("Discard"), cancel}, {QStringLiteral("Keep"), [] {}}});
}

// Puts what a run measured into the project that is open; returns its name there, or nothing if it belongs to another.
QString MainWindow::importJob(const QueuedJob &job) {
  QString name;
  if (m_session.isOpen() && !job.directory.isEmpty() && m_runsFolders.contains(QFileInfo(job.directory).absolutePath()))
    guarded([&] { name = m_session.addRun(importRun(job.directory)); });
  return name;
}

void MainWindow::showInTradeOff(const QString &run) {
  m_session.showRun(run);
  showPage(QStringLiteral("trade-off"));
}

void MainWindow::tellEnd(int id) {
  const QueuedJob *job = m_queue->find(id);
  if (job == nullptr) return;
  const auto show = [this, id] {
    showPage(m_training->name());
    m_training->showRun(id);
  };
  const QString text = job->message.isEmpty() ? job->title : QStringLiteral("%1: %2").arg(job->title, job->message);
  if (job->state == JobState::Done && job->directory.isEmpty()) {
    m_messages->say(QStringLiteral("%1 is done.").arg(job->title), MessageBar::Tone::Note);
  } else if (job->state == JobState::Done) {
    const QString title = job->title;
    const QString run = importJob(*job);
    if (run.isEmpty()) return;
    m_messages->say(
        QStringLiteral("%1 is done: its designs are in the project.").arg(title), MessageBar::Tone::Note,
        {{QStringLiteral("Show in Trade-off"), [this, run] { showInTradeOff(run); }}, {QStringLiteral("Show"), show}});
  } else if (job->state == JobState::Unfinished) {
    m_messages->say(text, MessageBar::Tone::Problem,
                    {{QStringLiteral("Resume"), [this, id] { m_queue->resume(id); }}, {QStringLiteral("Show"), show}});
  } else if (job->state == JobState::Failed) {
    m_messages->say(text, MessageBar::Tone::Problem, {{QStringLiteral("Show"), show}});
  }
}

// Whether the window may go while a worker is at work; asks what becomes of it.
bool MainWindow::mayLeaveJobs() {
  const QueuedJob *job = m_queue->running();
  if (job == nullptr) return true;
  QMessageBox box(
      QMessageBox::Question, QStringLiteral("A job is running"),
      QStringLiteral("%1 is not done. It can go on without this window; the next one will follow it.").arg(job->title),
      QMessageBox::NoButton, this);
  box.setObjectName(QStringLiteral("leaveJobs"));
  const auto *leave = box.addButton(QStringLiteral("Let it go on"), QMessageBox::AcceptRole);
  const auto *end =
      box.addButton(job->isTraining() ? QStringLiteral("End it, keep its checkpoint") : QStringLiteral("End it"),
                    QMessageBox::DestructiveRole);
  box.addButton(QMessageBox::Cancel);
  box.exec();
  if (box.clickedButton() == leave) m_queue->leave();
  return box.clickedButton() == leave || box.clickedButton() == end;
}

}  // namespace pimento
