// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <functional>

namespace pimento {

// Runs pimento-learn, which stands beside this program, with these words; hands on each line of its output that is a
// JSON object. Signals that ask this program to end stop the worker, which keeps its best. Returns the worker's exit
// code. Throws Error with the worker's own message if it fails, or says how to get it if it is not there.
int runWorker(const QStringList &words,
              const std::function<void(const QByteArray &line, const QJsonObject &event)> &take);

}  // namespace pimento
