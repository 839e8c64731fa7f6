// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/device_parameters.h"

namespace pimento {

// What the current of a sense does to the junction it flows through. Spin-transfer torque of a current I through the
// barrier takes the free layer's stability at Ic = 2 e µ0 Ms V a H / (ħ P), with H the mean stiffness of its well, and
// below that lowers the barrier: flips at 1 GHz exp(-delta (1 - I / Ic)) (Sun 2000; Koch, Katine and Sun 2004). P from
// the TMR by Julliere, equal electrodes. A write model without free layer: all zero.
struct ReadDisturb {
  double critical_ua = 0;
  double share = 0;        // of the critical current
  double probability = 0;  // of a flip in one sense
};
[[nodiscard]] ReadDisturb readDisturb(const Device &device, double tmr_pct, double current_ua, double time_ns);

}  // namespace pimento
