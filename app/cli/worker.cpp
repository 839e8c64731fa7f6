// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/worker.h"

#include <QProcess>
#include <atomic>
#include <csignal>

#include "app/jobs/worker_process.h"
#include "core/base/error.h"
#include "core/jobs/event_lines.h"

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

}  // namespace

int runWorker(const QStringList &words, const std::function<void(const QByteArray &, const QJsonObject &)> &take) {
  constexpr int Poll_ms = 200;
  const Signals signals_;
  QProcess process;
  process.setInputChannelMode(QProcess::ForwardedInputChannel);
  process.start(workerPath(), words);
  if (!process.waitForStarted())
    throw Error(process.program(), QStringLiteral("can not be started"), process.errorString());
  EventLines lines;
  const auto takeLines = [&] {
    lines.add(process.readAllStandardOutput());
    while (const auto event = lines.next()) take(event->line, event->object);
  };
  bool told = false;
  while (process.state() != QProcess::NotRunning) {
    process.waitForReadyRead(Poll_ms);
    takeLines();
    if (asked && !told) process.terminate();
    told = asked;
  }
  takeLines();
  const QString message = QString::fromUtf8(process.readAllStandardError()).trimmed();
  if (process.exitStatus() != QProcess::NormalExit)
    throw Error(QStringLiteral("pimento-learn"), QStringLiteral("ended unexpectedly"),
                words.value(0) == QStringLiteral("train")
                    ? QStringLiteral("give the same command again to go on from its last checkpoint")
                    : QStringLiteral("give the same command again"));
  if (process.exitCode() == 2)
    throw Error(message.section(QStringLiteral(": "), 0, 0), message.section(QStringLiteral(": "), 1));
  return process.exitCode();
}

}  // namespace pimento
