// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/worker.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <atomic>
#include <csignal>

#include "core/base/error.h"

namespace pimento {

namespace {

std::atomic<bool> asked{false};  // written by the signal handler

void onSignal(int) { asked = true; }

// While it lives, SIGINT and SIGTERM only set `asked`.
class Signals {
 public:
  Signals() : m_interrupt(std::signal(SIGINT, onSignal)), m_terminate(std::signal(SIGTERM, onSignal)) { asked = false; }
  ~Signals() {
    std::signal(SIGINT, m_interrupt);
    std::signal(SIGTERM, m_terminate);
  }
  Signals(const Signals &) = delete;
  Signals &operator=(const Signals &) = delete;

 private:
  void (*m_interrupt)(int);
  void (*m_terminate)(int);
};

void takeLines(QProcess &process, const std::function<void(const QByteArray &, const QJsonObject &)> &take) {
  while (process.canReadLine()) {
    const QByteArray line = process.readLine().trimmed();
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (document.isObject()) take(line, document.object());
  }
}

}  // namespace

QString workerPath() {
  const QString path = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("pimento-learn"));
  if (!QFileInfo(path).isExecutable())
    throw Error(path, QStringLiteral("is not there: it trains and runs networks with LibTorch"),
                QStringLiteral("build it with ./bootstrap build"));
  return path;
}

int runWorker(const QStringList &words, const std::function<void(const QByteArray &, const QJsonObject &)> &take) {
  constexpr int Poll_ms = 200;
  const Signals signals_;
  QProcess process;
  process.setInputChannelMode(QProcess::ForwardedInputChannel);
  process.start(workerPath(), words);
  if (!process.waitForStarted())
    throw Error(process.program(), QStringLiteral("can not be started"), process.errorString());
  bool told = false;
  while (process.state() != QProcess::NotRunning) {
    process.waitForReadyRead(Poll_ms);
    takeLines(process, take);
    if (asked && !told) process.terminate();
    told = asked;
  }
  takeLines(process, take);
  const QString message = QString::fromUtf8(process.readAllStandardError()).trimmed();
  if (process.exitStatus() != QProcess::NormalExit)
    throw Error(QStringLiteral("pimento-learn"), QStringLiteral("ended unexpectedly"),
                QStringLiteral("give the same command again to go on from its last checkpoint"));
  if (process.exitCode() == 2)
    throw Error(message.section(QStringLiteral(": "), 0, 0), message.section(QStringLiteral(": "), 1));
  return process.exitCode();
}

}  // namespace pimento
