// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/worker.h"

#include <poll.h>
#include <unistd.h>

#include <QProcess>
#include <atomic>
#include <csignal>
#include <map>

#include "app/jobs/worker_process.h"
#include "core/base/error.h"
#include "core/jobs/event_lines.h"
#include "core/jobs/worker_codes.h"

namespace pimento {

namespace {

std::atomic<bool> asked{false};  // both written by the signal handler
std::atomic<int> interrupts{0};

void noteSignal(int number) {
  asked = true;
  if (number == SIGINT) ++interrupts;
}

// While it lives, signals that ask this program to end are only noted, and a closed pipe is an error of its writer.
// What was ignored when the program was started (nohup) stays ignored.
class Signals {
 public:
  Signals() {
    asked = false;
    interrupts = 0;
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
      m_before[number] = std::signal(number, noteSignal);
      if (m_before[number] == SIG_IGN) std::signal(number, SIG_IGN);
    }
    m_before[SIGPIPE] = std::signal(SIGPIPE, SIG_IGN);
  }
  ~Signals() {
    for (const auto &[number, handler] : m_before) std::signal(number, handler);
  }
  Signals(const Signals &) = delete;
  Signals &operator=(const Signals &) = delete;

 private:
  std::map<int, void (*)(int)> m_before;
};

// Lines that this program is given go to the worker; the end of its own input is not that of the worker's. In the
// background of a terminal there is nothing to read.
class Input {
 public:
  void passOn(QProcess &worker) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (m_ended || isBackground() || ::poll(&input, 1, 0) <= 0) return;
    char bytes[4096];
    const ssize_t size = ::read(STDIN_FILENO, bytes, sizeof bytes);
    m_ended = size <= 0;
    if (!m_ended) worker.write(bytes, size);
  }

 private:
  static bool isBackground() { return ::isatty(STDIN_FILENO) != 0 && ::tcgetpgrp(STDIN_FILENO) != ::getpgrp(); }
  bool m_ended = false;
};

// Follows the worker to its end. What goes wrong with what it tells pauses it, and is thrown once it has ended.
class Follower {
 public:
  Follower(QProcess &worker, const std::function<void(const QByteArray &, const QJsonObject &)> &take)
      : m_worker(worker), m_take(take) {}

  void follow() {
    constexpr int Poll_ms = 200;
    while (m_worker.state() != QProcess::NotRunning) {
      m_input.passOn(m_worker);
      m_worker.waitForReadyRead(Poll_ms);
      takeLines();
      if (asked) pause();
      if (interrupts > 1) m_worker.kill();  // whoever asks twice does not want to wait
    }
    takeLines();
    if (m_problem) throw Error(*m_problem);
  }

 private:
  void pause() {
    if (!m_paused) m_worker.write("pause\n");
    m_paused = true;
  }

  void takeLines() {
    m_lines.add(m_worker.readAllStandardOutput());
    while (const auto event = m_lines.next()) {
      if (m_problem) continue;
      try {
        m_take(event->line, event->object);
      } catch (const Error &error) {
        m_problem = error;
        pause();
      }
    }
  }

  QProcess &m_worker;
  const std::function<void(const QByteArray &, const QJsonObject &)> &m_take;
  Input m_input;
  EventLines m_lines;
  bool m_paused = false;
  std::optional<Error> m_problem;
};

}  // namespace

int runWorker(const QStringList &words, const std::function<void(const QByteArray &, const QJsonObject &)> &take) {
  const Signals signals_;
  QProcess process;
  // Its input ends with this program, however that ends, and it pauses.
  process.start(workerPath(), words + QStringList{QStringLiteral("--end-with-input")});
  if (!process.waitForStarted())
    throw Error(process.program(), QStringLiteral("can not be started"), process.errorString());
  Follower(process, take).follow();
  const QString message = QString::fromUtf8(process.readAllStandardError()).trimmed();
  if (process.exitStatus() != QProcess::NormalExit)
    throw Error(QStringLiteral("pimento-learn"), QStringLiteral("ended unexpectedly"),
                words.value(0) == QStringLiteral("train")
                    ? QStringLiteral("give the same command again to go on from its last checkpoint")
                    : QStringLiteral("give the same command again"));
  const int code = process.exitCode();
  if (code == DoneCode || code == PausedCode || code == CancelledCode) return code;
  const QString why = message.section(QLatin1Char('\n'), -1);  // libraries may have said more before
  throw Error({}, why.isEmpty() ? QStringLiteral("pimento-learn: ended with code %1").arg(code) : why);
}

QStringList workerWords(const VerbParser &parser, const QString &command, const WorkerOptions &options) {
  QStringList words{command};
  for (const QString &name : options.values)
    if (parser.isSet(name)) words << QStringLiteral("--") + name << parser.value(name);
  for (const QString &name : options.flags)
    if (parser.isSet(name)) words << QStringLiteral("--") + name;
  return words;
}

}  // namespace pimento
