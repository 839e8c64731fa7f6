// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figures/chain_figure.h"

namespace pimento {

class Session;

// The chain device → sense → array → chip → network with the values of the accelerator and the network at hand, each
// beside what it was where the what-if changes it, and the warnings of the estimate in the box that they concern.
[[nodiscard]] ChainData hardwareChain(const Session &session);

// Section of the parameters that a box of the chain has: "device", "sensing", "array", "chip", "schedule".
[[nodiscard]] QString chainSection(std::size_t box);

}  // namespace pimento
