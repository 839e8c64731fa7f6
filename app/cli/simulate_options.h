// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/verb.h"
#include "core/hardware/profile/accelerator.h"
#include "core/network/counts.h"
#include "core/simulate/bitwise/simulation.h"

namespace pimento {

// What --errors, --chip-seeds and --seed ask for. `images` is left as it is.
[[nodiscard]] SimulationOptions simulationOptionsOf(const VerbParser &parser, const Accelerator &accelerator);

// Of --images, or `otherwise`.
[[nodiscard]] std::int64_t imagesOf(const VerbParser &parser, std::int64_t otherwise);

// Runs the trained network of --quantised (a file, or the directory of a run) on the pictures of --data.
[[nodiscard]] int simulateTrained(const VerbParser &parser);

}  // namespace pimento
