// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/demagnetisation.h"
#include "core/hardware/device/device_parameters.h"

namespace pimento {

// What follows from the sizes of a memory element. The free layer is an elliptic cylinder.

[[nodiscard]] double junctionArea_um2(const Device &device);
[[nodiscard]] double freeLayerVolume_m3(const Device &device);

// Those given by hand, each in place of the elliptic cylinder's.
[[nodiscard]] DemagnetisingFactors demagnetisingFactors(const Device &device);
[[nodiscard]] bool demagnetisedByHand(const Device &device);  // at least one is given

// The strip under the junction, if it is not given: as wide as the free layer is long, and ContactOverlap_nm longer
// than the free layer is wide, at either end.
inline constexpr double ContactOverlap_nm = 20;  // assumption; of the check set's 80 nm under a layer of 40 nm
[[nodiscard]] double heavyMetalWidth_nm(const Device &device);
[[nodiscard]] double heavyMetalLength_nm(const Device &device);
[[nodiscard]] double heavyMetal_ohm(const Device &device);  // ρ l / (w t)

}  // namespace pimento
