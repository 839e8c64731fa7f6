// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/base/report_table.h"
#include "core/jobs/job.h"
#include "core/jobs/run_results.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QScrollArea;
class QTableView;

namespace pimento {

class CurveChart;
class JobQueue;
class ReportModel;
class RunActions;
class Session;
struct QueuedJob;
struct TrainingRun;

// One run: its curves while it learns, the numbers beside them, what can be done to it, and what it measured.
class RunView : public QWidget {
  Q_OBJECT
 public:
  RunView(Session &session, JobQueue &queue, QWidget *parent = nullptr);
  ~RunView() override;

  void show(int id);
  [[nodiscard]] int shown() const { return m_id; }  // 0: none; < 0: a run that only the project keeps
  [[nodiscard]] const TrainingRun *kept() const;    // the run of the project, if that is what is shown
  [[nodiscard]] const std::optional<Job> &job() const { return m_job; }
  [[nodiscard]] QString directory() const;  // of the run; empty: it has none
  [[nodiscard]] const CurveChart &validation() const { return *m_validation; }
  [[nodiscard]] ReportTable results() const;
  [[nodiscard]] bool isSettled() const { return !m_redraw.isActive(); }

 Q_SIGNALS:
  void shownChanged();
  void cancelRequested(int id);
  void failed(const QString &problem);
  void addRequested(int id);                                           // of its results, to the project
  void quantiseRequested(const QString &bits, const QString &method);  // as pimento quantise has them
  void trainOnRequested(int epochs);                                   // in all

 private:
  void buildControls(QLayout *column);
  void buildCharts(QLayout *column);
  [[nodiscard]] const QueuedJob *current() const;
  [[nodiscard]] std::optional<Job> readJob() const;
  [[nodiscard]] RunResults measured() const;
  void fillRuns();
  void showJob();
  void showStages(const QueuedJob &job);
  void showActions(const QueuedJob *job);
  void arrange();
  void resizeEvent(QResizeEvent *event) override;

  Session &m_session;
  JobQueue &m_queue;
  int m_id = 0;
  std::unique_ptr<QueuedJob> m_kept;  // a run of the project as a job that is done
  std::optional<Job> m_job;           // of the shown run, if its file can be read
  bool m_filling = false;
  QTimer m_redraw;  // events come faster than charts need them
  QTimer m_clock;   // ages grow
  QComboBox *m_run;
  QComboBox *m_stage;
  QLabel *m_state;
  QLabel *m_numbers;
  RunActions *m_actions;
  QWidget *m_charts;
  QGridLayout *m_grid;
  CurveChart *m_loss;
  CurveChart *m_validation;
  ReportModel *m_model;
  QTableView *m_table;
};

}  // namespace pimento
