// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inference_client.h"

#include <QJsonDocument>
#include <QProcess>

#include "app/jobs/process_end.h"
#include "app/jobs/worker_process.h"
#include "core/base/error.h"

namespace pimento {

static constexpr qsizetype MostLine = 128 << 20;

InferenceClient::InferenceClient(const QString &program, QObject *parent) : QObject(parent), m_program(program) {}

InferenceClient::~InferenceClient() { endWorker(); }

void InferenceClient::endWorker() {
  if (m_process) endWithoutWaiting(std::move(m_process));
}

void InferenceClient::setRun(const QString &directory) {
  if (directory == m_directory) return;
  m_next.reset();
  m_directory = directory;
  endWorker();
  setWaiting(false);
}

void InferenceClient::start() {
  const QString program = m_program.isEmpty() ? workerPath() : m_program;
  if (m_process) m_process.release()->deleteLater();  // it has ended, and may be telling this
  m_rest.clear();
  m_process = std::make_unique<QProcess>();
  connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &InferenceClient::readLines);
  connect(m_process.get(), &QProcess::finished, this, [this](int, QProcess::ExitStatus status) {
    readLines();
    const QString said = QString::fromUtf8(m_process->readAllStandardError()).trimmed();
    end(status == QProcess::NormalExit && !said.isEmpty() ? said : QStringLiteral("pimento-learn ended unexpectedly"));
  });
  connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) end(m_process->errorString());
  });
  m_process->start(program, {QStringLiteral("infer"), m_directory});
}

void InferenceClient::ask(const Question &question) {
  if (m_directory.isEmpty()) return;
  if (m_waiting) {
    m_next = question;
    return;
  }
  try {
    if (!m_process || m_process->state() == QProcess::NotRunning) start();
  } catch (const Error &error) {
    Q_EMIT failed(error.message());
    return;
  }
  send(question);
}

void InferenceClient::send(const Question &question) {
  m_process->write(QJsonDocument(toJson(question)).toJson(QJsonDocument::Compact) + '\n');
  setWaiting(true);
}

void InferenceClient::readLines() {
  m_rest += m_process->readAllStandardOutput();
  for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
    const QByteArray line = m_rest.left(end);
    m_rest.remove(0, end + 1);
    take(line);
  }
  if (m_rest.size() > MostLine) m_process->kill();
}

void InferenceClient::take(const QByteArray &line) {
  const QJsonObject event = QJsonDocument::fromJson(line).object();
  const QString kind = event[QStringLiteral("event")].toString();
  if (kind != QStringLiteral("inference") && kind != QStringLiteral("error")) return;
  setWaiting(false);
  if (kind == QStringLiteral("error")) {
    Q_EMIT failed(event[QStringLiteral("message")].toString());
  } else {
    try {
      Q_EMIT answered(inferenceFromJson(event, QStringLiteral("pimento-learn")));
    } catch (const Error &error) {
      Q_EMIT failed(error.message());
    }
  }
  if (!m_next) return;
  const Question next = *m_next;
  m_next.reset();
  ask(next);
}

void InferenceClient::end(const QString &message) {
  const bool awaited = m_waiting;
  m_next.reset();
  setWaiting(false);
  if (awaited) Q_EMIT failed(message);
}

void InferenceClient::setWaiting(bool waiting) {
  if (waiting == m_waiting) return;
  m_waiting = waiting;
  Q_EMIT busyChanged();
}

}  // namespace pimento
