// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <chrono>

#include "core/files/file_lock.h"

namespace pimento {

// How long a command waits for others that change the same project, one after the other.
inline constexpr std::chrono::milliseconds ProjectPatience = std::chrono::minutes(2);

// Held by whoever changes a project, from reading it to the end of its saving, so that two never start from the same
// file (".NAME.lock" beside it). Throws Error, naming who holds it, once `patience` is over.
[[nodiscard]] FileLock lockProject(const QString &path, std::chrono::milliseconds patience = ProjectPatience);

}  // namespace pimento
