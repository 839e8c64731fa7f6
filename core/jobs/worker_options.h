// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

// The options of a command of pimento-learn, by their names without dashes. The verbs of pimento that start it have
// options of the same names, and hand on those that were given.
struct WorkerOptions {
  QStringList values;  // followed by a value
  QStringList flags;
};

[[nodiscard]] const WorkerOptions &evaluateOptions();  // of a file of weights on a data set
[[nodiscard]] const WorkerOptions &quantiseOptions();  // the same for what is no run, and those of quantisation

}  // namespace pimento
