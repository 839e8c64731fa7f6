// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// Standard output and standard error, UTF-8. What could steer a terminal is shown escaped there; files and pipes get
// texts as they are. Throws Error if the stream can not be written.
void printOut(const QString &text);
void printError(const QString &text);

}  // namespace pimento
