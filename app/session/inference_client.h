// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <memory>
#include <optional>

#include "core/jobs/inference.h"

class QProcess;

namespace pimento {

// Keeps one pimento-learn infer at work on a run and asks it. While an answer is awaited only the latest question is
// kept. Its death is told and harms nothing: the next question starts it anew.
class InferenceClient : public QObject {
  Q_OBJECT
 public:
  // `program`: the worker; empty: the one beside this program.
  explicit InferenceClient(const QString &program = {}, QObject *parent = nullptr);
  ~InferenceClient() override;

  // Directory of a run: job.json and weights.safetensors. Ends what is at work on another one.
  void setRun(const QString &directory);
  void ask(const Question &question);
  [[nodiscard]] bool isBusy() const { return m_waiting; }

 Q_SIGNALS:
  void answered(const Inference &inference);
  void failed(const QString &message);
  void busyChanged();

 private:
  void start();
  void endWorker();
  void send(const Question &question);
  void readLines();
  void take(const QByteArray &line);
  void end(const QString &message);
  void setWaiting(bool waiting);

  QString m_program;
  QString m_directory;
  std::unique_ptr<QProcess> m_process;  // at work on the run
  QByteArray m_rest;                    // of a line that has not ended
  bool m_waiting = false;
  std::optional<Question> m_next;
};

}  // namespace pimento
