// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <thread>

#include "core/base/error.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_request.h"
#include "core/learn/torch_error.h"
#include "core/learn/train/event_log.h"
#include "core/learn/worker/commands.h"

namespace pimento::learn {

namespace {

using namespace std::chrono_literals;

QString wordOf(Request request) {
  if (request == Request::Pause) return QStringLiteral("pause");
  return request == Request::Stop ? QStringLiteral("stop") : QStringLiteral("cancel");
}

// Hears what is asked for by signals, standard input and a file in the directory. Tells at once, and once, whatever the
// run is doing, and ends the process where it does not come to an end by itself soon after it was cancelled, or paused
// before it began: files are replaced whole, so that nothing is torn. A thread of its own and no Background: it uses
// what its owner has, is waited for, and may end the process.
class Listener {
 public:
  // `stays`: it goes on although nobody reads what it prints any more.
  Listener(const QString &directory, const std::function<Request()> &request, EventLog &log, bool stays)
      : m_directory(directory),
        m_request(request),
        m_log(log),
        m_stays(stays),
        m_thread([this](const std::stop_token &stop) { listen(stop); }) {}

  Request heard() {
    const std::lock_guard lock(m_telling);
    const Request left = m_log.isUnread() && !m_stays ? Request::Pause : Request::None;
    const Request asked = std::max({m_request(), m_file, left});
    if (asked <= m_told) return m_told;
    m_told = asked;
    tell({{QStringLiteral("event"), QStringLiteral("request")}, {QStringLiteral("request"), wordOf(asked)}});
    return asked;
  }

  void begun() { m_begun = true; }  // from now on the run itself looks what is asked for, again and again

 private:
  using Clock = std::chrono::steady_clock;

  void tell(const QJsonObject &event) {
    try {
      m_log(event);
    } catch (const std::exception &) {  // a full disk or memory: the run finds out by itself
    }
  }

  void look() {
    constexpr auto Every = 500ms;
    if (Clock::now() - m_looked < Every) return;
    m_looked = Clock::now();
    if (!takeStopRequest(m_directory)) return;
    const std::lock_guard lock(m_telling);
    m_file = Request::Stop;
  }

  void listen(const std::stop_token &stop) {
    constexpr auto Poll = 50ms;
    constexpr auto Patience = 3s;
    auto asked = Clock::time_point::max();
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, Poll, [] { return false; }) && !stop.stop_requested()) {
      look();
      const Request request = heard();
      if (request != Request::Cancel && (request != Request::Pause || m_begun)) continue;
      asked = std::min(asked, Clock::now());
      if (Clock::now() - asked > Patience) leave(request);
    }
  }

  [[noreturn]] void leave(Request request) {
    if (request == Request::Cancel) std::_Exit(CancelledCode);
    tell({{QStringLiteral("event"), QStringLiteral("paused")}});
    std::_Exit(PausedCode);
  }

  const QString m_directory;
  const std::function<Request()> &m_request;
  EventLog &m_log;
  const bool m_stays;
  std::mutex m_telling;
  Request m_file = Request::None;
  Request m_told = Request::None;
  std::atomic<bool> m_begun = false;
  Clock::time_point m_looked;
  std::mutex m_mutex;
  std::condition_variable_any m_wake;
  std::jthread m_thread;  // the last member: it uses the others
};

// A rank but the first: it computes its part and tells nothing.
int follow(const QString &directory, RunControl control) {
  return guarded([&] { return codeOf(runJob(directory, control)); });
}

int lead(const QString &directory, RunControl control, bool stays) {
  if (!runOwner(directory)) static_cast<void>(takeStopRequest(directory));  // of a worker that is gone
  const RunLock lock(directory);                                            // who asks from now on asks this one
  // Another worker may have finished it while this one waited for the lock, or looked at it first.
  if (const auto result = finishedResult(directory)) {
    printEvent(*result);
    return DoneCode;
  }
  EventLog log(directory);
  const std::function<Request()> asked = control.request;
  Listener listener(directory, asked, log, stays);
  control.request = [&] { return listener.heard(); };
  control.emit = [&](const QJsonObject &event) {
    if (event[QStringLiteral("event")].toString() == QStringLiteral("start")) listener.begun();
    log(event);
  };
  control.logged = [&] { return log.bytes(); };
  control.cutLog = [&](std::int64_t bytes) { log.cut(bytes); };
  int code = DoneCode;
  try {
    code = guarded([&] { return codeOf(runJob(directory, control)); });
  } catch (const Error &error) {
    log({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("message"), error.message()}});
    throw;
  }
  log.requirePrinted();  // no fault of the run: its log ends as the run did
  return code;
}

}  // namespace

int trainCommand(const QStringList &words, const std::function<Request()> &request) {
  const CommandWords given(QStringLiteral("train"), words, rankOptionNames(),
                           namesOf({"stop", "stay", "other-images"}));
  if (given.positional().size() != 1)
    given.fail(QStringLiteral("expected: train DIRECTORY"), QStringLiteral("see --help"));
  const QString directory = given.positional()[0];
  RunControl control;
  control.ranks = rankOptionsOf(given, QProcessEnvironment::systemEnvironment());
  control.otherImages = given.has("other-images");
  control.request = request;
  if (given.has("stop")) control.request = [&] { return std::max(request(), Request::Stop); };
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))))
    throw Error(directory, QStringLiteral("holds no job.json"), QStringLiteral("pimento train makes one"));
  if (const auto result = finishedResult(directory)) {
    if (control.ranks.rank == 0) printEvent(*result);
    return DoneCode;
  }
  return control.ranks.rank == 0 ? lead(directory, control, given.has("stay")) : follow(directory, control);
}

}  // namespace pimento::learn
