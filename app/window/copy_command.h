// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

class Session;

// The command line, word by word, that gives the non-dominated designs of a session's view.
[[nodiscard]] QStringList frontCommand(const Session &session);

}  // namespace pimento
