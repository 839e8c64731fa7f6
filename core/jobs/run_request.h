// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// Tells the worker that trains in a run's directory, on this machine or another, to stop and keep the best: a file
// (stop.request there) that it looks for and removes. Throws Error if nobody trains there or it can not be written.
void askToStop(const QString &directory);

// Whether the worker of this directory was asked to stop; takes the request away, so that it is heard once.
[[nodiscard]] bool takeStopRequest(const QString &directory);

// Whether a request still waits to be heard.
[[nodiscard]] bool stopRequestWaits(const QString &directory);

}  // namespace pimento
