// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "core/base/report_table.h"
#include "core/project/project.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace pimento {

class DataSetPicker;
class JobQueue;
class LatestRun;
class ReportModel;
class WholeBox;

// Weights of a file (core/weights/weights.h, dropped or opened) on a data set: accuracy of each variant and what became
// of the file's tensors.
class WeightsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit WeightsPanel(JobQueue &queue, QWidget *parent = nullptr);
  ~WeightsPanel() override;

  void setFile(const QString &path);
  [[nodiscard]] QStringList command() const;  // of pimento evaluate; empty without a file
  [[nodiscard]] ReportTable report() const;
  [[nodiscard]] bool isSettled() const;
  void evaluate();
  [[nodiscard]] StoredTable designs() const;  // of the last evaluation; throws Error

 Q_SIGNALS:
  void changed();
  void addRequested();

 protected:
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;

 private:
  void buildChoices(QLayout *column);
  void buildResults(QLayout *column);
  QTableView *table(const char *name, const QString &title, ReportModel *model);
  void open();
  void fillVariants();
  [[nodiscard]] QString variant() const;  // listed or typed; empty: all
  void showGuess();
  void showJob();
  [[nodiscard]] QStringList words() const;  // the worker's

  JobQueue &m_queue;
  LatestRun *m_guessing;
  DataSetPicker *m_data;
  QString m_file;
  int m_job = 0;
  QString m_evaluated;  // file of that job
  QLabel *m_name;
  QLabel *m_guess;
  QComboBox *m_network;
  QComboBox *m_variant;
  QLineEdit *m_mean;
  QLineEdit *m_deviation;
  QCheckBox *m_scale;
  WholeBox *m_recalibrate;
  QLineEdit *m_ignore;
  QPushButton *m_evaluate;
  QPushButton *m_add;
  QLabel *m_state;
  ReportModel *m_accuracies;
  ReportModel *m_tensors;
  QTableView *m_accuracyTable;
  QTableView *m_tensorTable;
};

}  // namespace pimento
