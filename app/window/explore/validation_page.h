// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTimer>
#include <vector>

#include "app/window/controls/page.h"
#include "core/base/background.h"
#include "core/validate/validation.h"

class QComboBox;
class QLabel;
class QModelIndex;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QTableView;

namespace pimento {

class RatioChart;
class ReportModel;

// Every check of the hardware model against what is known, by what it is evidence of - silicon, published simulation,
// verification: how far off, and why. The checks run in a thread of their
// own when the page is first seen; what is done when they are stopped stays. They concern the model, not what is open.
class ValidationPage : public Page {
  Q_OBJECT
 public:
  explicit ValidationPage(QWidget *parent = nullptr);

  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] ReportTable report() const override;
  [[nodiscard]] ReportTable summary() const override;
  [[nodiscard]] bool isSettled() const override { return !m_running; }

  void start();  // or again
  void stop();   // keeps what is done
  [[nodiscard]] const std::vector<CheckResult> &results() const { return m_results; }

 protected:
  void refresh() override;
  void resizeEvent(QResizeEvent *event) override;

 private:
  void buildTable();
  void buildControls(QLayout *row);
  void take(const CheckResult &result, std::size_t done, std::size_t all);
  void end(const QString &problem, bool complete);
  void showResults();  // those that are picked
  [[nodiscard]] std::vector<CheckResult> picked() const;
  [[nodiscard]] QString pickedName() const;  // empty: all
  void showState();
  void fitColumns();                     // so that the reason is seen
  void showDetail();                     // of the current row
  void showRow(std::size_t row);         // of the chart, in the table
  void showDot(const QModelIndex &row);  // and the other way round

  std::vector<CheckResult> m_results;
  bool m_running = false;
  bool m_stopped = false;  // the last run
  std::size_t m_done = 0;  // by the run at work or the last one
  std::size_t m_all = 0;
  QString m_problem;  // that ended the last run
  QTimer m_redraw;    // results come faster than a table is laid out
  QComboBox *m_picker;
  RatioChart *m_chart;
  QScrollArea *m_area;
  ReportModel *m_model;
  QTableView *m_table;
  QLabel *m_detail;
  QPushButton *m_run;
  QPushButton *m_stop;
  QProgressBar *m_progress;
  QLabel *m_state;
  Background m_checks;
};

}  // namespace pimento
