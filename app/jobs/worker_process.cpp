// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/worker_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <vector>

#include "app/jobs/process_end.h"
#include "core/base/error.h"

namespace pimento {

namespace {

constexpr qsizetype MaxErrors = 4096;

}  // namespace

bool isBeingBuilt(const QString &program) {
  QFile mark(program + QStringLiteral(".building"));
  if (!mark.open(QIODevice::ReadOnly)) return false;
  const int builder = mark.read(16).trimmed().toInt();
  return builder > 0 && QFileInfo::exists(QStringLiteral("/proc/%1").arg(builder));
}

QString workerFile() { return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("pimento-learn")); }

QString workerPath() {
  QString path = workerFile();
  if (isBeingBuilt(path))
    throw Error(path, QStringLiteral("is still being built: it trains and runs networks with LibTorch"),
                QStringLiteral("try again in some minutes; build/release/worker.log tells how far it is"));
  if (!QFileInfo(path).isExecutable())
    throw Error(path, QStringLiteral("is not there: it trains and runs networks with LibTorch"),
                QStringLiteral("build it with ./bootstrap build"));
  return path;
}

WorkerProcess::WorkerProcess(QObject *parent) : QObject(parent), m_process(std::make_unique<QProcess>()) {
  connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &WorkerProcess::takeEvents);
  connect(m_process.get(), &QProcess::readyReadStandardError, this, &WorkerProcess::takeErrors);
  connect(m_process.get(), &QProcess::finished, this,
          [this](int, QProcess::ExitStatus status) { end(status != QProcess::NormalExit); });
  connect(
      m_process.get(), &QProcess::errorOccurred, this,
      [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        m_errors =
            QStringLiteral("%1: can not be started; %2").arg(m_process->program(), m_process->errorString()).toUtf8();
        end(false);
      },
      Qt::QueuedConnection);
}

WorkerProcess::~WorkerProcess() {
  if (m_process) endWithoutWaiting(std::move(m_process));
}

void WorkerProcess::start(const QString &program, const QStringList &words) { m_process->start(program, words); }

void WorkerProcess::say(const QByteArray &command) {
  if (m_process) m_process->write(command + '\n');
}

void WorkerProcess::kill() {
  if (m_process) m_process->kill();
}

// A QProcess ends its process when it is destroyed, so this one never is: it is kept where it can be found.
void WorkerProcess::leave() {
  static auto &left = *new std::vector<QProcess *>;
  m_process->disconnect(this);
  left.push_back(m_process.release());
}

void WorkerProcess::leavePaused() {
  constexpr int Patience_ms = 20;  // a pipe takes a word at once
  say("pause");
  m_process->waitForBytesWritten(Patience_ms);
  leave();
}

void WorkerProcess::takeEvents() {
  m_lines.add(m_process->readAllStandardOutput());
  while (const auto next = m_lines.next()) Q_EMIT event(next->object);
}

void WorkerProcess::takeErrors() { m_errors = (m_errors + m_process->readAllStandardError()).right(MaxErrors); }

void WorkerProcess::end(bool crashed) {
  takeEvents();
  takeErrors();
  const bool started = m_process->error() != QProcess::FailedToStart;
  Q_EMIT ended({started ? m_process->exitCode() : 2, crashed, QString::fromUtf8(m_errors).trimmed()});
}

}  // namespace pimento
