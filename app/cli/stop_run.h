// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// Tells the worker that trains in a directory, on this machine or another, to stop and keep the best, waits until it
// has heard, and says so. Returns false if no worker is at it. Throws Error if it does not hear, or there is no run.
[[nodiscard]] bool stopWorkerOf(const QString &directory);

}  // namespace pimento
