// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of the main window: what is trained, what ended, and what becomes of it when the window closes.
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/session/labels.h"
#include "app/session/run_imports.h"
#include "app/session/session.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "app/window/training/jobs_dock.h"
#include "app/window/training/training_page.h"
#include "core/base/error.h"
#include "core/jobs/run_results.h"

namespace pimento {

void MainWindow::connectJobs() {
  connect(m_training, &TrainingPage::failed, this,
          [this](const QString &problem) { showComplaint(m_training->name(), problem); });
  connect(m_training, &TrainingPage::said, this, &MainWindow::note);
  connect(m_training, &TrainingPage::copyRequested, this, &MainWindow::copyCommand);
  connect(m_training, &TrainingPage::cancelRequested, this, &MainWindow::cancelJob);
  connect(m_training, &TrainingPage::addRequested, this, [this](int id) {
    const QueuedJob *job = m_queue->find(id);
    if (job != nullptr) importJob(*job, [this](const QString &run) { showInTradeOff(run); });
  });
  connect(m_training, &TrainingPage::showRequested, this, [this](const QString &run) { showInTradeOff(run); });
  connect(m_training, &TrainingPage::integersMissing, this, &MainWindow::offerIntegers);
  connect(m_jobs, &JobsDock::cancelRequested, this, &MainWindow::cancelJob);
  connect(m_jobs, &JobsDock::failed, this, &MainWindow::report);
  connect(m_jobs, &JobsDock::showRequested, this, [this](int id) {
    showPage(m_training->name());
    m_training->showRun(id);
  });
  connect(m_queue, &JobQueue::jobEnded, this, &MainWindow::tellEnd);
  connect(m_queue, &JobQueue::jobChanged, this, [this](int id) {  // it goes on: how it ended is no news
    const QueuedJob *job = m_queue->find(id);
    const bool goesOn = job == nullptr || job->isActive() || job->state == JobState::Queued;
    if (goesOn && m_told.first == id && m_messages->text() == m_told.second) m_messages->clear();
  });
  connectImports();
  connect(&m_session, &Session::documentChanged, this, &MainWindow::findRuns);
  findRuns();
}

void MainWindow::connectImports() {
  const auto name = [this] { return QDir(m_imports->directory()).dirName(); };
  const auto said = [name] { return QStringLiteral("Importing the run %1").arg(name()); };
  connect(m_imports, &RunImports::takesLong, this, [this, name, said] {
    m_messages->follow(said(), [this, name] {
      const QString left = name();
      m_imports->stop();
      note(QStringLiteral("The run %1 was not imported.").arg(left));
    });
  });
  connect(m_imports, &RunImports::progressed, this, [this, said](double share) {
    if (m_messages->text() == said()) m_messages->setProgress(share);
  });
  connect(m_imports, &RunImports::ended, this, [this, said] {
    if (m_messages->text() == said()) m_messages->clear();
  });
  connect(&m_session, &Session::opened, this, [this] {  // another project, perhaps: then nobody waits for this run
    const QString folder = QFileInfo(m_imports->directory()).absolutePath();
    if (!m_session.isOpen() || !runsFolders(m_session.path()).contains(folder)) m_imports->stop();
  });
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

// Puts what a run measured into the project that is open, beside the window's work, and goes on with its name there; a
// run that belongs to another project is left alone.
void MainWindow::importJob(const QueuedJob &job, const std::function<void(const QString &run)> &then) {
  const QString folder = QFileInfo(job.directory).absolutePath();
  const auto belongs = [this, folder] { return m_session.isOpen() && m_runsFolders.contains(folder); };
  if (job.directory.isEmpty() || !belongs()) return;
  const auto take = [this, belongs, then](TrainingRun run) {
    QString name;
    if (belongs() && guarded([&] { name = m_session.addRun(std::move(run)); })) then(name);
  };
  m_imports->read(job.directory, take, [this](const QString &problem) { report(problem); });
}

// Says what it has changed to do so, behind what is to be said anyway.
void MainWindow::showInTradeOff(const QString &run, const QString &said) {
  const ViewState was = m_session.view();
  m_session.showRun(run);
  showFirstPage();
  const ViewState &now = m_session.view();
  QStringList text{said};
  if (now.filter != was.filter || now.x != was.x || now.y != was.y)
    text << QStringLiteral("Shown is %1 on %2 alone, %3 against %4. Undo (Ctrl+Z) brings back what was shown before.")
                .arg(networkTitle(now.filter.networks.value(0)), datasetTitle(now.filter.datasets.value(0)),
                     metricTitle(now.y).toLower(), metricTitle(now.x).toLower());
  text.removeAll(QString());
  if (!text.isEmpty()) noteStep(text.join(QLatin1Char(' ')));
}

// A run in single precision has accuracies at a GPU's costs alone: what an accelerator computes with is not measured.
void MainWindow::offerIntegers(int id) {
  m_messages->say(
      QStringLiteral("This run was tested in single precision, as a GPU computes: no accelerator has an accuracy yet."),
      MessageBar::Tone::Note,
      {{QStringLiteral("Quantise to 8:8 bits and show"),
        [this, id] {
          const auto job = m_training->quantise(id, QStringLiteral("8:8"), resultHowName(ResultHow::PostTraining));
          if (job) m_showWhenDone.insert(*job);
        }},
       {QStringLiteral("Show as it is"), [this, id] { m_training->showInTradeOff(id); }}});
}

void MainWindow::tellEnd(int id) {
  const QueuedJob *job = m_queue->find(id);
  if (job == nullptr) return;
  const auto show = [this, id] {
    showPage(m_training->name());
    m_training->showRun(id);
  };
  const QString title = m_queue->titleOf(*job);
  const QString text = job->message.isEmpty() ? title : QStringLiteral("%1: %2").arg(title, job->message);
  m_told = {id, text};
  if (job->state == JobState::Done && job->directory.isEmpty()) {
    m_messages->say(QStringLiteral("%1 is done.").arg(title), MessageBar::Tone::Note);
  } else if (job->state == JobState::Done) {
    importJob(*job, [this, id, title, show](const QString &run) {
      if (m_showWhenDone.remove(id)) return showInTradeOff(run, QStringLiteral("%1 is done.").arg(title));
      // As the run's own button does: a job beside its training is about the same run.
      const auto tradeOff = [this, id] { m_training->offerInTradeOff(id); };
      m_messages->say(QStringLiteral("%1 is done: its designs are in the project.").arg(title), MessageBar::Tone::Note,
                      {{QStringLiteral("Show in Trade-off"), tradeOff}, {QStringLiteral("Show"), show}});
    });
  } else if (job->state == JobState::Paused || job->state == JobState::Unfinished) {
    const bool paused = job->state == JobState::Paused;
    std::vector<MessageBar::Choice> answers{{QStringLiteral("Resume"), [this, id] { m_queue->resume(id); }}};
    if (job->canStop())
      answers.push_back({QStringLiteral("Stop and keep best"), [this, id] { (void)m_queue->stop(id); }});
    answers.push_back({QStringLiteral("Show"), show});
    m_messages->say(paused ? QStringLiteral("%1 is paused; %2.").arg(title, job->message) : text,
                    paused ? MessageBar::Tone::Note : MessageBar::Tone::Problem, answers);
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
