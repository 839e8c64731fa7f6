// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <thread>

#include "core/base/error.h"
#include "core/jobs/run_lock.h"
#include "core/learn/commands.h"
#include "core/learn/event_log.h"
#include "core/learn/torch_error.h"

namespace pimento::learn {

namespace {

using namespace std::chrono_literals;

QJsonObject requestEvent(Request request) {
  return {{QStringLiteral("event"), QStringLiteral("request")},
          {QStringLiteral("request"), request == Request::Stop ? QStringLiteral("stop") : QStringLiteral("cancel")}};
}

// Tells at once, and once, that a request was heard, whatever the run is doing, and ends the process if it does not
// come to an end soon after it was cancelled: files are replaced whole, so that nothing is torn.
class Listener {
 public:
  Listener(const std::function<Request()> &request, EventLog &log)
      : m_request(request), m_log(log), m_thread([this](const std::stop_token &stop) { listen(stop); }) {}

  Request heard() {
    const std::lock_guard lock(m_telling);
    const Request asked = m_request();
    if (asked == m_told) return asked;
    m_told = asked;
    try {
      m_log(requestEvent(asked));
    } catch (const Error &) {  // a full disk: the run finds out by itself
    }
    return asked;
  }

 private:
  void listen(const std::stop_token &stop) {
    constexpr auto Poll = 50ms;
    constexpr auto Patience = 3s;
    auto cancelled = std::chrono::steady_clock::time_point::max();
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, Poll, [] { return false; }) && !stop.stop_requested()) {
      if (heard() != Request::Cancel) continue;
      cancelled = std::min(cancelled, std::chrono::steady_clock::now());
      if (std::chrono::steady_clock::now() - cancelled > Patience) std::_Exit(3);
    }
  }

  const std::function<Request()> &m_request;
  EventLog &m_log;
  std::mutex m_telling;
  Request m_told = Request::None;
  std::mutex m_mutex;
  std::condition_variable_any m_wake;
  std::jthread m_thread;  // the last member: it uses the others
};

// A rank but the first: it computes its part and tells nothing.
int follow(const QString &directory, const std::function<Request()> &request, const RankOptions &ranks) {
  RunControl control;
  control.request = request;
  control.ranks = ranks;
  return guarded([&] { return runJob(directory, control) == RunEnd::Cancelled ? 3 : 0; });
}

int lead(const QString &directory, const std::function<Request()> &request, const RankOptions &ranks) {
  const RunLock lock(directory);
  EventLog log(directory);
  Listener listener(request, log);
  RunControl control;
  control.ranks = ranks;
  control.request = [&] { return listener.heard(); };
  control.emit = [&](const QJsonObject &event) { log(event); };
  control.logged = [&] { return log.bytes(); };
  control.cutLog = [&](std::int64_t bytes) { log.cut(bytes); };
  try {
    return guarded([&] { return runJob(directory, control) == RunEnd::Cancelled ? 3 : 0; });
  } catch (const Error &error) {
    log({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("message"), error.message()}});
    throw;
  }
}

}  // namespace

int trainCommand(const QStringList &words, const std::function<Request()> &request) {
  const CommandWords given(QStringLiteral("train"), words, rankOptionNames(), {});
  if (given.positional().size() != 1)
    given.fail(QStringLiteral("expected: train DIRECTORY"), QStringLiteral("see --help"));
  const QString directory = given.positional()[0];
  const RankOptions ranks = rankOptionsOf(given, QProcessEnvironment::systemEnvironment());
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))))
    throw Error(directory, QStringLiteral("holds no job.json"), QStringLiteral("pimento train makes one"));
  if (const auto result = recordedResult(directory)) {
    if (ranks.rank == 0) printEvent(*result);
    return 0;
  }
  return ranks.rank == 0 ? lead(directory, request, ranks) : follow(directory, request, ranks);
}

}  // namespace pimento::learn
