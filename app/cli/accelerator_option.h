// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>

#include "app/cli/verb.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// An option of a verb that sets one parameter, beside --set.
struct ParameterOption {
  const char *option;
  const char *key;
};

// --accelerator, --device, --cell, --cfg and --set, shared by the verbs about hardware.
void addAcceleratorOptions(VerbParser &parser);

// The profile, its memory element replaced by --device or by NVSim's files, with what the options and --set change,
// validated. A replaced element stands in the name, "sot-mram+stt"; what --set changes shows in the profile's hash
// alone. Throws Error, also for a parameter that is given twice.
[[nodiscard]] Accelerator acceleratorFrom(const VerbParser &parser, std::span<const ParameterOption> options = {});

// The steps of acceleratorOf, for verbs that do something in between.
[[nodiscard]] Accelerator profileWithDevice(const VerbParser &parser);
void setParameters(Accelerator &accelerator, const VerbParser &parser, std::span<const ParameterOption> options,
                   const QStringList &assignments);

}  // namespace pimento
