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

// Tells at once that a request was heard, whatever the run is doing, and ends the process if it does not come to an end
// soon after it was cancelled: files are replaced whole, so that nothing is torn.
class Listener {
 public:
  Listener(const std::function<Request()> &request, EventLog &log)
      : m_thread([this, request, &log](const std::stop_token &stop) { listen(stop, request, log); }) {}

 private:
  void listen(const std::stop_token &stop, const std::function<Request()> &request, EventLog &log) {
    constexpr auto Poll = 50ms;
    constexpr auto Patience = 3s;
    Request told = Request::None;
    auto cancelled = std::chrono::steady_clock::time_point::max();
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, Poll, [] { return false; }) && !stop.stop_requested()) {
      const auto now = std::chrono::steady_clock::now();
      if (const Request asked = request(); asked != told) {
        told = asked;
        if (told == Request::Cancel) cancelled = now;
        tell(log, told);
      }
      if (told == Request::Cancel && now - cancelled > Patience) std::_Exit(3);
    }
  }
  static void tell(EventLog &log, Request request) {
    try {
      log(requestEvent(request));
    } catch (const Error &) {  // a full disk: the run finds out by itself
    }
  }

  std::mutex m_mutex;
  std::condition_variable_any m_wake;
  std::jthread m_thread;
};

int train(const QString &directory, const std::function<Request()> &request) {
  if (const auto result = recordedResult(directory)) {
    printEvent(*result);
    return 0;
  }
  EventLog log(directory);
  RunControl control;
  control.request = request;
  control.emit = [&](const QJsonObject &event) { log(event); };
  control.logged = [&] { return log.bytes(); };
  control.cutLog = [&](std::int64_t bytes) { log.cut(bytes); };
  try {
    const Listener listener(request, log);
    return guarded([&] { return runJob(directory, control) == RunEnd::Cancelled ? 3 : 0; });
  } catch (const Error &error) {
    log({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("message"), error.message()}});
    throw;
  }
}

}  // namespace

int trainCommand(const QStringList &words, const std::function<Request()> &request) {
  if (words.size() != 1)
    throw Error(QStringLiteral("pimento-learn"), QStringLiteral("expected: train DIRECTORY"),
                QStringLiteral("see --help"));
  const QString &directory = words[0];
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))))
    throw Error(directory, QStringLiteral("holds no job.json"), QStringLiteral("pimento train makes one"));
  const RunLock lock(directory);
  return train(directory, request);
}

}  // namespace pimento::learn
