// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "app/window/controls/page.h"

class QLabel;
class QTabWidget;
class QTimer;

namespace pimento {

class InferencePanel;
class JobQueue;
struct QueuedJob;
class RunView;
class Session;
class TrainingForm;
class WeightsPanel;

// From a choice of network, data and recipe to a run, its curves and results, and the design points that come of it.
class TrainingPage : public Page {
  Q_OBJECT
 public:
  TrainingPage(Session &session, JobQueue &queue, QWidget *parent = nullptr);

  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] QStringList command() const override;
  [[nodiscard]] ReportTable report() const override;
  [[nodiscard]] bool isSettled() const override;

  void showRun(int id);
  void offerInTradeOff(int id);           // a run; asks first where no accelerator has its accuracies
  void showInTradeOff(int id);            // a run, as it was measured
  void start();                           // what the form says
  void openWeights(const QString &path);  // to evaluate them

  void trainOn(int epochs);  // in all, the finished run that is shown

  // Quantises a run; the job, or none if that can not be: then it is told why.
  std::optional<int> quantise(int id, const QString &bits, const QString &method);

 Q_SIGNALS:
  void failed(const QString &problem);  // empty: what failed has been done since
  void said(const QString &text);
  void copyRequested();  // of the command
  void cancelRequested(int id);
  void addRequested(int id);               // of its results, to the project
  void showRequested(const QString &run);  // of the project, in Trade-off
  void integersMissing(int id);            // of the run that is to be shown there: no accelerator has its accuracies

 protected:
  void refresh() override;

 private:
  [[nodiscard]] const QueuedJob *unpacked(int id);
  enum class Picture : std::uint8_t { AsBefore, OfRuns };  // of the run looked at, or of the one that Runs shows
  void fillPictureRuns(Picture which);
  void showPicture(Picture which = Picture::AsBefore);
  void addDesigns();  // of the weights that were evaluated
  void withdrawRefusal();
  void showWorker();  // that it is still being built, while it is

  Session &m_session;
  JobQueue &m_queue;
  QTabWidget *m_tabs;
  QLabel *m_worker;
  QTimer *m_workerClock;  // at work while the worker is built
  TrainingForm *m_form;
  RunView *m_run;
  InferencePanel *m_inference;
  int m_pictureRun = 0;  // as chosen for the picture; 0: as Runs shows
  QString m_refusal;     // to start what the form says, as it was told
  WeightsPanel *m_weights;
};

}  // namespace pimento
