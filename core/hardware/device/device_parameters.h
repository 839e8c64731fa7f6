// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "core/hardware/device/write_model.h"

namespace pimento {

// The memory element. Defaults: elliptic cylinder 90 x 40 x 2.6 nm on a heavy metal, in-plane easy axis ("type y").
// Absent: follows from the size of the free layer (geometry.h).
// What each number means and where it is from stands in the table of parameters (parameter_table.cpp), not here.
struct Device {
  WriteModel write_model = WriteModel::Sot;
  double temperature_k = 300;
  double free_layer_length_nm = 90;
  double free_layer_width_nm = 40;
  double free_layer_thickness_nm = 2.6;
  double saturation_magnetisation_a_per_m = 1.0e6;
  double interface_anisotropy_j_per_m2 = 0.8e-3;
  double curie_temperature_k = 1120;
  double damping = 0.0122;
  std::optional<double> demagnetisation_x;
  std::optional<double> demagnetisation_y;
  std::optional<double> demagnetisation_z;
  std::optional<double> heavy_metal_width_nm;
  std::optional<double> heavy_metal_length_nm;
  double heavy_metal_thickness_nm = 3;
  double heavy_metal_resistivity_uohm_cm = 200;
  double heavy_metal_current_share = 1;
  double spin_hall_angle = 0.3;
  double field_like_ratio = 0;
  double spin_diffusion_length_nm = 1.5;
  double bias_field_mt = 0;
  double stt_assist_ua = 0;
  double stt_polarisation = 0.61;
  double write_pulse_ns = 2;
  double write_rise_ps = 50;
  double write_fall_ps = 0;
  double write_error_target = 5e-4;
  double write_supply_v = 1.1;
  double fixed_write_current_ua = 80;
  double fixed_stability = 60;
  double retention_target = 1;  // days
  double endurance_cycles = 1e12;
  bool operator==(const Device &) const = default;
};

}  // namespace pimento
