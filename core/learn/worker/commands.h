// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <functional>
#include <vector>

#include "core/jobs/worker_codes.h"
#include "core/learn/train/evaluation.h"
#include "core/learn/train/job_runner.h"

namespace pimento::learn {

// Who reads standard input: lines "pause", "stop" and "cancel" are taken by the worker's main, or the command reads it
// itself.
enum class Input : std::uint8_t { Requests, Command };

[[nodiscard]] constexpr int codeOf(RunEnd end) {
  return end == RunEnd::Cancelled ? CancelledCode : end == RunEnd::Paused ? PausedCode : DoneCode;
}

// What the worker can do: one function a command, each in a file of its own.
struct WorkerCommand {
  const char *name;
  const char *usage;  // what stands behind the name
  const char *help;
  // `words` behind the name; `request` tells what signals and standard input asked for so far. Returns the exit
  // code; throws Error.
  int (*run)(const QStringList &words, const std::function<Request()> &request);
  Input input = Input::Requests;
};

[[nodiscard]] const std::vector<WorkerCommand> &commands();

// The command that these words begin with. Throws Error naming those that there are.
[[nodiscard]] const WorkerCommand &findCommand(const QStringList &words);

// Text of --help for all of them.
[[nodiscard]] QString usage();

int inferCommand(const QStringList &words, const std::function<Request()> &request);
class CommandWords;
// The options that name a network, weights and data.
[[nodiscard]] EvaluationTask evaluationTask(const CommandWords &words);

int evaluateCommand(const QStringList &words, const std::function<Request()> &request);
int quantiseCommand(const QStringList &words, const std::function<Request()> &request);
int trainCommand(const QStringList &words, const std::function<Request()> &request);

}  // namespace pimento::learn
