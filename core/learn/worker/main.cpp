// SPDX-License-Identifier: GPL-3.0-or-later
// pimento-learn: the worker that sees LibTorch. Started by pimento, or by hand on another machine.
#include <unistd.h>

#include <QCoreApplication>
#include <atomic>
#include <csignal>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "core/base/arguments.h"
#include "core/base/problems.h"
#include "core/learn/torch_error.h"
#include "core/learn/train/event_log.h"
#include "core/learn/train/process_memory.h"
#include "core/learn/worker/commands.h"

using namespace pimento;
using namespace pimento::learn;

namespace {

std::atomic<Request> request{Request::None};  // written by the signal handler and the reader of standard input
std::atomic<bool> listens{false};             // somebody looks at the request, again and again
std::atomic<int> repeated{0};

// A later request counts only if it asks for more.
void ask(Request asked) {
  Request before = request.load();
  while (before < asked && !request.compare_exchange_weak(before, asked)) {
  }
}

// Whoever asks twice does not want to wait; nor does anything wait while nobody looks, as while data are read. A
// terminal that closes may send SIGHUP twice.
void onSignal(int number) {
  const bool twice = (number == SIGINT || number == SIGTERM) && ++repeated > 1;
  if (twice || !listens) _exit(PausedCode);
  ask(Request::Pause);
}

// What was ignored when the program was started (nohup) stays ignored.
void hear(int number) {
  if (std::signal(number, onSignal) == SIG_IGN) std::signal(number, SIG_IGN);
}

// Lines "pause", "stop" and "cancel". A thread of its own and no Background: nothing ends a read of standard input but
// the end of the process, and no end of work waits for it.
void readRequests(bool endPauses) {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "pause") ask(Request::Pause);
    if (line == "stop") ask(Request::Stop);
    if (line == "cancel") ask(Request::Cancel);
  }
  if (endPauses) ask(Request::Pause);
}

int run(QStringList words) {
  if (words.contains(QStringLiteral("--help"))) {
    printText(usage());
    return DoneCode;
  }
  const bool endPauses = words.removeAll(QStringLiteral("--end-with-input")) > 0;
  const WorkerCommand &command = findCommand(words);
  if (command.input == Input::Requests) std::thread(readRequests, endPauses).detach();
  return command.run(words.mid(1), [] {
    listens = true;
    return request.load();
  });
}

}  // namespace

int main(int argc, char **argv) {
  keepMemory();
  const std::vector<const char *> words(argv, argv + argc);  // Qt takes out those that it knows
  const QCoreApplication application(argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file past the limit is an error of its writer
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) hear(number);
  std::signal(SIGTTIN, SIG_IGN);  // in the background of a terminal reading it fails, and does not stop the process
  return reportingProblems("pimento-learn", [&] {
    return guarded([&] { return run(argumentsOf(static_cast<int>(words.size()), words.data())); });
  });
}
