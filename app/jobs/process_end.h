// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

class QProcess;

namespace pimento {

// Kills what the process runs, if it runs still, and waits for nothing: its end, or that of this program, comes later.
void endWithoutWaiting(std::unique_ptr<QProcess> process);

}  // namespace pimento
