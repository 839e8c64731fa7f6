// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <functional>

#include "app/cli/verb.h"
#include "core/jobs/worker_options.h"

namespace pimento {

// Runs pimento-learn, which stands beside this program, with these words; hands on each line of its output that is a
// JSON object, and gives it the lines of this program's input. Signals that ask this program to end pause it, a second
// one ends it at once, and so does the end of this program, however that comes. Returns the worker's exit code. Throws
// Error with the worker's own message if it fails, or says how to get it if it is not there; what `take` throws pauses
// the worker first.
int runWorker(const QStringList &words,
              const std::function<void(const QByteArray &line, const QJsonObject &event)> &take);

// The words that start a command of pimento-learn with those of its options that were given to a verb.
[[nodiscard]] QStringList workerWords(const VerbParser &parser, const QString &command, const WorkerOptions &options);

}  // namespace pimento
