// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/scaling/operating_point.h"

#include <cmath>

#include "core/hardware/device/temperature.h"
#include "core/hardware/profile/junction.h"

namespace pimento {

namespace {

// What one node, supply and temperature do to lengths, gates and leakage.
struct Scale {
  double length;
  double area;
  double energy;  // of a gate
  double supply;  // voltage
  double warmer_k;
  double access;     // resistance of a transistor that is on
  double periphery;  // delay of its gates
  double logic;      // delay of the logic's gates

  explicit Scale(const Accelerator &a)
      : length(a.array.feature_nm / Reference_nm),
        area(length * length),
        energy(length * a.array.vdd_v * a.array.vdd_v / (Reference_v * Reference_v)),
        supply(a.array.vdd_v / Reference_v),
        warmer_k(a.device.temperature_k - Reference_k),
        access(std::exp(PeripheryDriveLoss_per_k * warmer_k) * (Reference_v - PeripheryThreshold_v) /
               (a.array.vdd_v - PeripheryThreshold_v)),
        periphery(length * supplyDelay(a.array.vdd_v, Reference_v, PeripheryThreshold_v) *
                  std::exp(PeripheryDriveLoss_per_k * warmer_k)),
        logic(length * supplyDelay(a.array.vdd_v, Reference_v, LogicThreshold_v) *
              std::exp(LogicDriveLoss_per_k * warmer_k)) {}

  // Of a repeated wire that is as wide as F: root of what repeaters take and of the wire's resistance.
  [[nodiscard]] double wireDelay() const { return std::sqrt(periphery * (1 + CopperRise_per_k * warmer_k) / area); }
};

void scaleArray(Array &a, const Scale &by) {
  for (double *length : {&a.cell_width_um, &a.cell_height_um, &a.line_width_nm, &a.write_transistor_um})
    *length *= by.length;
  for (double *ff : {&a.sense_line_ff_per_cell, &a.write_line_ff_per_cell, &a.read_word_line_ff_per_cell,
                     &a.write_word_line_ff_per_cell})
    *ff *= by.length;
  for (double *um2 :
       {&a.sense_amplifier_um2, &a.write_driver_um2, &a.column_mux_um2, &a.full_adder_um2, &a.shift_um2, &a.add_um2,
        &a.register_bit_um2, &a.logic_and_um2, &a.sense_addon_um2, &a.decoder_addon_um2, &a.control_um2})
    *um2 *= by.area;
  for (double *delay : {&a.full_adder_ps, &a.shift_ns, &a.add_ns}) *delay *= by.logic;
  for (double *energy : {&a.full_adder_fj, &a.shift_pj, &a.add_pj, &a.register_bit_fj, &a.logic_and_fj})
    *energy *= by.energy;
  a.fo4_ps *= by.periphery;
  a.off_current_pa_per_um *= std::exp(PeripheryLeakage_per_k * by.warmer_k);
  a.logic_leakage_nw_per_um2 *= by.supply / by.length * std::exp(LogicLeakage_per_k * by.warmer_k);
  a.cell_leakage_pw *= by.supply * by.supply * std::exp(PeripheryLeakage_per_k * by.warmer_k);
}

void scaleSensing(Sensing &s, const Scale &by) {
  s.latch_ns *= by.periphery;
  s.latch_fj *= by.energy;
  s.access_ohm *= by.access;
}

void scaleChip(Chip &c, const Scale &by) {
  for (double *energy : {&c.dpu_multiply_pj, &c.dpu_add_pj, &c.expander_fj_per_bit, &c.wake_pj}) *energy *= by.energy;
  for (double *um2 : {&c.dpu_lane_um2, &c.expander_um2}) *um2 *= by.area;
  c.dpu_clock_ghz /= by.logic;
  c.wake_ns *= by.logic;
  c.port_cycle_ns *= by.periphery;
  c.wire_ns_per_mm *= by.wireDelay();
}

}  // namespace

OperatingPoint operatingPoint(const Accelerator &accelerator) {
  const Scale by(accelerator);
  OperatingPoint at{accelerator.device, accelerator.sensing, accelerator.array, accelerator.chip, accelerator.schedule};
  at.sensing.parallel_resistance_ohm = parallelResistance_ohm(accelerator);
  scaleArray(at.array, by);
  at.sensing.tmr_pct =
      tmrAt_pct(accelerator.sensing.tmr_pct, accelerator.device.temperature_k, accelerator.device.curie_temperature_k);
  scaleSensing(at.sensing, by);
  scaleChip(at.chip, by);
  return at;
}

}  // namespace pimento
