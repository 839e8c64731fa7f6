// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/run_actions.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>

#include "app/jobs/queued_job.h"
#include "core/jobs/run_results.h"

namespace pimento {

namespace {

constexpr int MostEpochs = 100'000;

// A run that was made of what a project keeps has its best weights alone.
bool hasLastWeights(const QueuedJob &job) {
  return !job.directory.isEmpty() && QFile::exists(QDir(job.directory).filePath(QStringLiteral("last.safetensors")));
}

}  // namespace

RunActions::RunActions(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this)) {
  setObjectName(QStringLiteral("runActions"));
  m_row->setContentsMargins(0, 0, 0, 0);
  m_pause = button("runPause", QStringLiteral("Pause"),
                   QStringLiteral("Ends with a checkpoint; Resume goes on from it"), &RunActions::pauseRequested);
  m_resume =
      button("runResume", QStringLiteral("Resume"),
             QStringLiteral("Goes on from the last checkpoint, at the end of the queue"), &RunActions::resumeRequested);
  m_stop = button("runStop", QStringLiteral("Stop and keep best"), {}, &RunActions::stopRequested);
  m_add = button("runAdd", QStringLiteral("Show in Trade-off"),
                 QStringLiteral("Its variants as design points: measured accuracy with estimated cost"),
                 &RunActions::addRequested);
  m_quantise = button("runQuantise", QStringLiteral("Quantise"),
                      QStringLiteral("The integers that an array computes with, and their accuracy"), nullptr);
  addPrecisions();
  m_trainOn = button("runTrainOn", QStringLiteral("Train on…"),
                     QStringLiteral("More epochs, from its last weights; under one-cycle in a second cycle"), nullptr);
  connect(m_trainOn, &QPushButton::clicked, this, &RunActions::askForEpochs);
  m_row->addStretch(1);
  m_cancel = button("runCancel", QStringLiteral("Cancel and discard"),
                    QStringLiteral("Ends and removes what the run has made"), &RunActions::cancelRequested);
  offer(nullptr, 0);
}

QPushButton *RunActions::button(const char *name, const QString &text, const QString &tip,
                                void (RunActions::*signal)()) {
  auto *made = new QPushButton(text);
  made->setObjectName(QString::fromLatin1(name));
  made->setToolTip(tip);
  m_row->addWidget(made);
  if (signal != nullptr) connect(made, &QPushButton::clicked, this, signal);
  return made;
}

void RunActions::addPrecisions() {
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

void RunActions::askForEpochs() {
  bool chosen = false;
  const int epochs = QInputDialog::getInt(this, QStringLiteral("Train on"),
                                          QStringLiteral("Epochs in all; the run was planned for %1").arg(m_epochs),
                                          m_epochs * 2, m_epochs + 1, MostEpochs, 1, &chosen);
  if (chosen) Q_EMIT trainOnRequested(epochs);
}

void RunActions::offer(const QueuedJob *job, int epochs) {
  m_epochs = epochs;
  const bool there = job != nullptr;
  const bool done = there && job->state == JobState::Done;
  const bool active = there && job->isActive();
  m_pause->setVisible(active && job->state != JobState::Elsewhere);
  m_pause->setEnabled(there && job->canPause());
  m_stop->setVisible(active || (there && job->canStop()));
  m_stop->setEnabled(there && job->canStop());
  m_stop->setToolTip(
      there && job->isTeaching()
          ? QStringLiteral("Its teacher learns: its variants have learned nothing yet that could be kept")
      : active ? QStringLiteral("Ends after this update and tests the best weights so far")
               : QStringLiteral("Trains no further: tests the best weights of the checkpoint"));
  m_resume->setVisible(there && job->canResume());
  m_add->setVisible(done);
  m_quantise->setVisible(done);
  m_trainOn->setVisible(done && epochs > 0 && hasLastWeights(*job));
  m_cancel->setVisible(there && (job->canCancel() || job->state == JobState::Cancelling));
  m_cancel->setEnabled(there && job->canCancel());
}

}  // namespace pimento
