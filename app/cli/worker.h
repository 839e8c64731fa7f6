// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <functional>

namespace pimento {

// Exit codes of a worker beside 0.
inline constexpr int WorkerPaused = 3;
inline constexpr int WorkerCancelled = 4;

// Runs pimento-learn, which stands beside this program, with these words; hands on each line of its output that is a
// JSON object, and gives it the lines of this program's input. Signals that ask this program to end pause it, a second
// one ends it at once, and so does the end of this program, however that comes. Returns the worker's exit code. Throws
// Error with the worker's own message if it fails, or says how to get it if it is not there; what `take` throws pauses
// the worker first.
int runWorker(const QStringList &words,
              const std::function<void(const QByteArray &line, const QJsonObject &event)> &take);

}  // namespace pimento
