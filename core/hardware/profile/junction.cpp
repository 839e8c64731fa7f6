// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/junction.h"

#include "core/hardware/device/geometry.h"

namespace pimento {

double parallelResistance_ohm(const Accelerator &a) {
  const Sensing &s = a.sensing;
  return s.ra_ohm_um2 > 0 ? s.ra_ohm_um2 / junctionArea_um2(a.device) : s.parallel_resistance_ohm;
}

double resistanceArea_ohm_um2(const Accelerator &a) {
  const Sensing &s = a.sensing;
  return s.ra_ohm_um2 > 0 ? s.ra_ohm_um2 : s.parallel_resistance_ohm * junctionArea_um2(a.device);
}

void giveParallelResistance(Accelerator &a, double ohm) {
  a.sensing.parallel_resistance_ohm = ohm;
  a.sensing.ra_ohm_um2 = 0;
}

void giveResistanceArea(Accelerator &a, double ohm_um2) {
  a.sensing.ra_ohm_um2 = ohm_um2;
  a.sensing.parallel_resistance_ohm = Sensing{}.parallel_resistance_ohm;  // does not hold
}

}  // namespace pimento
