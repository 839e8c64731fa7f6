// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/watch.h"
#include "core/files/safetensors.h"

namespace pimento {

// Reads a file as openSafeTensors() of safetensors.h does, and throws Error when the watch stops, which is asked before
// each few megabytes.
[[nodiscard]] SafeTensors openSafeTensors(const QString &path, qint64 maxBytes, const Watch &watch);

}  // namespace pimento
