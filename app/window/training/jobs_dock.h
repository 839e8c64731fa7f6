// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>

class QLayout;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace pimento {

class JobQueue;
class JobsModel;

// What is trained, what waits and what earlier runs left, with what can be done to each.
class JobsDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit JobsDock(JobQueue &queue, QWidget *parent = nullptr);
  [[nodiscard]] int currentJob() const;  // id; 0: none
  void select(int id);

 Q_SIGNALS:
  void showRequested(int id);
  void cancelRequested(int id);  // of one that may have made something: to be asked about first
  void failed(const QString &problem);

 private:
  QPushButton *addButton(QLayout *row, const char *name, const QString &text, const QString &tip,
                         void (JobsDock::*action)(int));
  void showActions();
  void keepSelection();
  void pause(int id);
  void stop(int id);
  void cancel(int id);
  void resume(int id);
  void earlier(int id);
  void later(int id);
  void remove(int id);
  void open(int id);

  JobQueue &m_queue;
  JobsModel *m_model;
  QTableView *m_view;
  QStackedLayout *m_stack;
  int m_newest = 0;
  int m_current = 0;
  QPushButton *m_open;
  QPushButton *m_pause;
  QPushButton *m_stop;
  QPushButton *m_resume;
  QPushButton *m_earlier;
  QPushButton *m_later;
  QPushButton *m_remove;
  QPushButton *m_cancel;
};

}  // namespace pimento
