// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

// The words behind the program's name. Throws Error for one that is not UTF-8: Qt would take it for another name, and
// read or write a file that was never meant.
[[nodiscard]] QStringList argumentsOf(int argc, const char *const *argv);

// Words as one line of a POSIX shell, quoted where they must be.
[[nodiscard]] QString shellCommand(const QStringList &words);

}  // namespace pimento
