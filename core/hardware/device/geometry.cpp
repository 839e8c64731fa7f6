// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/geometry.h"

#include <numbers>
#include <tuple>

namespace pimento {

double junctionArea_um2(const Device &d) {
  return std::numbers::pi / 4 * d.free_layer_length_nm * d.free_layer_width_nm * 1e-6;
}

double freeLayerVolume_m3(const Device &d) { return junctionArea_um2(d) * d.free_layer_thickness_nm * 1e-21; }

DemagnetisingFactors demagnetisingFactors(const Device &d) {
  const auto &[x, y, z] = std::tie(d.demagnetisation_x, d.demagnetisation_y, d.demagnetisation_z);
  if (x && y && z) return {*x, *y, *z};
  const DemagnetisingFactors shape =
      ellipticCylinder(d.free_layer_width_nm, d.free_layer_length_nm, d.free_layer_thickness_nm);
  return {x.value_or(shape.x), y.value_or(shape.y), z.value_or(shape.z)};
}

bool demagnetisedByHand(const Device &d) { return d.demagnetisation_x || d.demagnetisation_y || d.demagnetisation_z; }

double heavyMetalWidth_nm(const Device &d) { return d.heavy_metal_width_nm.value_or(d.free_layer_length_nm); }

double heavyMetalLength_nm(const Device &d) {
  return d.heavy_metal_length_nm.value_or(d.free_layer_width_nm + 2 * ContactOverlap_nm);
}

double heavyMetal_ohm(const Device &d) {
  const double section_nm2 = heavyMetalWidth_nm(d) * d.heavy_metal_thickness_nm;
  return d.heavy_metal_resistivity_uohm_cm * 10 * heavyMetalLength_nm(d) / section_nm2;
}

}  // namespace pimento
