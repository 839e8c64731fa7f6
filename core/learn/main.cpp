// SPDX-License-Identifier: GPL-3.0-or-later
// pimento-learn: the worker that sees LibTorch. Started by pimento, or by hand on another machine.
#include <QCoreApplication>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/learn/commands.h"
#include "core/learn/process_memory.h"
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
void readRequests() {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "stop") request = Request::Stop;
    if (line == "cancel") request = Request::Cancel;
  }
}

int run(const QStringList &words) {
  if (words.contains(QStringLiteral("--help"))) {
    std::fputs(usage().toUtf8().constData(), stdout);
    return 0;
  }
  const WorkerCommand &command = findCommand(words);
  if (command.input == Input::Requests) std::thread(readRequests).detach();
  return command.run(words.mid(1), [] { return request.load(); });
}

}  // namespace

int main(int argc, char **argv) {
  keepMemory();
  const QCoreApplication application(argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file past the limit is an error of its writer
  std::signal(SIGTERM, onSignal);
  std::signal(SIGINT, onSignal);
  try {
    return guarded([&] { return run(QCoreApplication::arguments().mid(1)); });
  } catch (const Error &error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  return 2;
}
