// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/idle_parameters.h"

#include <algorithm>
#include <iterator>

namespace pimento {

namespace {

// What the model of the spin-orbit-torque cell computes current and stability from, and a fixed cell has not.
constexpr const char *OfTheCell[] = {"free_layer_length_nm",
                                     "free_layer_width_nm",
                                     "free_layer_thickness_nm",
                                     "saturation_magnetisation_a_per_m",
                                     "interface_anisotropy_j_per_m2",
                                     "damping",
                                     "demagnetisation_x",
                                     "demagnetisation_y",
                                     "demagnetisation_z",
                                     "heavy_metal_width_nm",
                                     "heavy_metal_length_nm",
                                     "heavy_metal_thickness_nm",
                                     "heavy_metal_resistivity_uohm_cm",
                                     "heavy_metal_current_share",
                                     "spin_hall_angle",
                                     "spin_diffusion_length_nm",
                                     "bias_field_mt",
                                     "write_rise_ps"};
constexpr const char *OfAFixedCell[] = {"fixed_write_current_ua", "fixed_stability"};

template <std::size_t N>
bool contains(const char *const (&keys)[N], const Parameter &parameter) {
  return std::any_of(std::begin(keys), std::end(keys),
                     [&](const char *key) { return QLatin1String(key) == QLatin1String(parameter.key); });
}

}  // namespace

QString whyIdle(const Accelerator &accelerator, const Parameter &parameter) {
  const WriteModel model = accelerator.device.write_model;
  if (model == WriteModel::Fixed && contains(OfTheCell, parameter))
    return QStringLiteral("write_model is fixed: write current and stability are as given");
  if (model == WriteModel::Sot && contains(OfAFixedCell, parameter))
    return QStringLiteral("write_model is sot: write current and stability are computed from the cell");
  return {};
}

}  // namespace pimento
