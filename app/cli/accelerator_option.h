// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/verb.h"
#include "core/hardware/accelerator.h"

namespace pimento {

// --accelerator, --device and --set, shared by the verbs about hardware.
void addAcceleratorOptions(VerbParser &parser);

// The profile, its memory element replaced by --device, with what --set changes, validated. Throws Error.
[[nodiscard]] Accelerator acceleratorOf(const VerbParser &parser);

}  // namespace pimento
