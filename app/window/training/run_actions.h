// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace pimento {

struct QueuedJob;

// What can be done to a run: a row of buttons, each there while it makes sense.
class RunActions : public QWidget {
  Q_OBJECT
 public:
  explicit RunActions(QWidget *parent = nullptr);

  void offer(const QueuedJob *job, int epochs);  // that its job asks for; no job: nothing

 Q_SIGNALS:
  void pauseRequested();
  void stopRequested();
  void resumeRequested();
  void trainOnRequested(int epochs);                                   // in all
  void addRequested();                                                 // of its results, to the project
  void quantiseRequested(const QString &bits, const QString &method);  // as pimento quantise has them
  void cancelRequested();

 private:
  QPushButton *button(const char *name, const QString &text, const QString &tip, void (RunActions::*signal)());
  void addPrecisions();
  void askForEpochs();

  int m_epochs = 0;
  QHBoxLayout *m_row;
  QPushButton *m_pause;
  QPushButton *m_stop;
  QPushButton *m_resume;
  QPushButton *m_add;
  QPushButton *m_quantise;
  QPushButton *m_trainOn;
  QPushButton *m_cancel;
};

}  // namespace pimento
