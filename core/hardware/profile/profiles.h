// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "core/hardware/profile/accelerator.h"

namespace pimento {

[[nodiscard]] QStringList builtInProfiles();                    // names, the default first
[[nodiscard]] Accelerator builtInProfile(const QString &name);  // throws Error with the known names

// A built-in profile by name, or a profile file (a name that ends in .json or holds a slash). Throws Error.
[[nodiscard]] Accelerator loadProfile(const QString &nameOrFile);

}  // namespace pimento
