// SPDX-License-Identifier: GPL-3.0-or-later
// pimento-learn: the worker that sees LibTorch. Started by pimento, or by hand on another machine.
#include <malloc.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/learn/job_runner.h"
#include "core/learn/torch_error.h"

using namespace pimento;
using namespace pimento::learn;

namespace {

std::atomic<Request> request{Request::None};  // written by the signal handler and the reader of standard input

void onSignal(int) {
  Request none = Request::None;
  request.compare_exchange_strong(none, Request::Stop);
}

// Lines "stop" and "cancel"; the end of input is not a command. Ends with the process.
void readCommands() {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "stop") request = Request::Stop;
    if (line == "cancel") request = Request::Cancel;
  }
}

// Memory that is freed is kept: a third of a training step would go to page faults otherwise.
void keepMemory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, 64 << 20);
}

// Events go to events.jsonl in the job's directory and to standard output, a line each.
class EventLog {
 public:
  explicit EventLog(const QString &directory) : m_file(QDir(directory).filePath(QStringLiteral("events.jsonl"))) {
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append))
      throw Error(m_file.fileName(), QStringLiteral("can not be written"), m_file.errorString());
  }
  void operator()(const QJsonObject &event) {
    const QByteArray line = QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
    if (m_file.write(line) != line.size() || !m_file.flush())
      throw Error(m_file.fileName(), QStringLiteral("can not be written"), m_file.errorString());
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
  }

 private:
  QFile m_file;
};

int trainCommand(const QString &directory) {
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))))
    throw Error(directory, QStringLiteral("holds no job.json"), QStringLiteral("pimento train makes one"));
  EventLog log(directory);
  RunControl control;
  control.request = [] { return request.load(); };
  control.emit = [&](const QJsonObject &event) { log(event); };
  try {
    return runJob(directory, control) == RunEnd::Cancelled ? 3 : 0;
  } catch (const Error &error) {
    log({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("message"), error.message()}});
    throw;
  }
}

constexpr const char *Usage = R"(Usage: pimento-learn train DIRECTORY

Trains the job of DIRECTORY/job.json, from its checkpoint if there is one. Prints events as JSON lines and appends them
to DIRECTORY/events.jsonl. Reads "stop" (keep the best weights) and "cancel" from standard input; SIGTERM and SIGINT
stop. Exit code 0: done, 2: an error, 3: cancelled.
)";

int run(const QStringList &words) {
  if (words.contains(QStringLiteral("--help"))) {
    std::fputs(Usage, stdout);
    return 0;
  }
  if (words.size() != 2 || words[0] != QStringLiteral("train"))
    throw Error(QStringLiteral("pimento-learn"), QStringLiteral("expected: train DIRECTORY"),
                QStringLiteral("see --help"));
  return trainCommand(words[1]);
}

}  // namespace

int main(int argc, char **argv) {
  keepMemory();
  const QCoreApplication application(argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGTERM, onSignal);
  std::signal(SIGINT, onSignal);
  std::thread(readCommands).detach();
  try {
    return guarded([&] { return run(QCoreApplication::arguments().mid(1)); });
  } catch (const Error &error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  return 2;
}
