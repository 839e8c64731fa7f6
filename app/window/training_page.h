// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/window/page.h"

class QTabWidget;

namespace pimento {

class InferencePanel;
class JobQueue;
class RunView;
class Session;
class TrainingForm;
class WeightsPanel;

// From a choice of network, data and recipe to a run, its curves and results, and the design points that come of it.
class TrainingPage : public Page {
  Q_OBJECT
 public:
  TrainingPage(Session &session, JobQueue &queue, QWidget *parent = nullptr);

  [[nodiscard]] QString name() const override { return QStringLiteral("training"); }
  [[nodiscard]] QString title() const override { return QStringLiteral("Training"); }
  [[nodiscard]] std::unique_ptr<Figure> figure() const override;
  [[nodiscard]] QStringList command() const override;
  [[nodiscard]] ReportTable report() const override;
  [[nodiscard]] bool isSettled() const override;

  void showRun(int id);
  void start();                           // what the form says
  void openWeights(const QString &path);  // to evaluate them

 Q_SIGNALS:
  void failed(const QString &problem);
  void said(const QString &text);
  void copyRequested();  // of the command
  void cancelRequested(int id);
  void addRequested(int id);               // of its results, to the project
  void showRequested(const QString &run);  // of the project, in Trade-off

 protected:
  void refresh() override;

 private:
  void quantise(const QString &bits, const QString &method);
  void unpack();
  void showPicture();
  void addDesigns();  // of the weights that were evaluated

  Session &m_session;
  JobQueue &m_queue;
  QTabWidget *m_tabs;
  TrainingForm *m_form;
  RunView *m_run;
  InferencePanel *m_inference;
  WeightsPanel *m_weights;
};

}  // namespace pimento
