// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// The low resistance of the junction has two forms, R_P and RA = R_P x area; sensing.ra_ohm_um2 above 0 says that RA is
// the one given. Both functions give what holds. Giving one lets the other go.
[[nodiscard]] double parallelResistance_ohm(const Accelerator &accelerator);
[[nodiscard]] double resistanceArea_ohm_um2(const Accelerator &accelerator);
void giveParallelResistance(Accelerator &accelerator, double ohm);
void giveResistanceArea(Accelerator &accelerator, double ohm_um2);

}  // namespace pimento
