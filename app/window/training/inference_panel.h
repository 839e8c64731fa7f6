// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <optional>

#include "app/session/inference_client.h"
#include "app/session/inference_text.h"
#include "core/files/file_stamp.h"
#include "core/jobs/job.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace pimento {

class AnswersModel;
class WholeBox;
class PictureView;
class Session;

// One picture before every variant of a trained network: what each answers, how certain it is, and what it spends on
// the accelerator that the window shows, what-if included. Answers are computed by the worker in single precision.
class InferencePanel : public QWidget {
  Q_OBJECT
 public:
  explicit InferencePanel(Session &session, QWidget *parent = nullptr);

  // The runs to choose from, each with an id, and which one is chosen.
  void setChoices(const std::vector<std::pair<int, QString>> &runs, int chosen);

  // A run that has weights; empty: none. Throws Error if its job can not be read.
  void setRun(const QString &directory);
  [[nodiscard]] int chosenRun() const;      // 0: none
  void setProblem(const QString &problem);  // why there is no run
  [[nodiscard]] const std::optional<Inference> &inference() const { return m_inference; }
  [[nodiscard]] ReportTable report() const;

 Q_SIGNALS:
  void runChosen(int id);

 protected:
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;
  void showEvent(QShowEvent *event) override;

 private:
  void buildControls(QLayout *row);
  void buildTable();
  void ask(const Question &question);
  void openPicture();
  void take(const Inference &inference);
  void estimateCosts();
  void showState();

  Session &m_session;
  InferenceClient m_client;
  QString m_directory;
  std::optional<FileStamp> m_weights;  // of the run, as they were read
  Question m_asked;
  std::optional<Job> m_job;
  QString m_run;  // its title and directory
  std::optional<Inference> m_inference;
  std::vector<InferenceCost> m_costs;
  QString m_costText;  // of which accelerator and bits
  QString m_problem;
  QComboBox *m_runs;
  WholeBox *m_number;
  std::vector<QPushButton *> m_buttons;
  PictureView *m_picture;
  QLabel *m_caption;
  AnswersModel *m_model;
  QTableView *m_table;
  QLabel *m_takeaway;
  QLabel *m_note;
};

}  // namespace pimento
