// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMap>
#include <QString>
#include <cstdint>

#include "core/hardware/device/device_parameters.h"
#include "core/hardware/profile/dataflows.h"

namespace pimento {

enum class SenseModel : std::uint8_t { Physical, Nvsim };  // Nvsim: constants of its runs, for comparison only
enum class NvsimSensing : std::uint8_t { Current, Voltage };
enum class NvsimRoadmap : std::uint8_t { Lstp, Lop, Hp };  // ITRS: low standby or operating power, high performance
enum class Packing : std::uint8_t { None, PowerOfTwo, Any };
enum class Expansion : std::uint8_t { Bank, Mat };
enum class Requantise : std::uint8_t { Dpu, Mat };
enum class Overlap : std::uint8_t { Phases, Pipelined };
enum class Span : std::uint8_t { Used, Chip };
enum class Layout : std::uint8_t { Own, Widest };  // of the segments: a variant's own, or its network's widest
enum class Toggle : std::uint8_t { Off, On };

// The read path of one column: magnetic tunnel junction, access transistor, current source, latch.
struct Sensing {
  SenseModel sense_model = SenseModel::Physical;
  // Two forms of one parameter (junction.h): where RA is not 0, R_P follows from it and the junction's area.
  double ra_ohm_um2 = 14.137166941154069;
  double parallel_resistance_ohm = 5000;
  double tmr_pct = 120;
  double tmr_half_voltage_mv = 1e6;
  double access_ohm = 3000;
  double sense_current_ua = 20;
  double sense_clamp_mv = 1000;
  double offset_mv = 5;
  double sense_sigmas = 6;
  double resistance_sigma_pct = 2;
  double tmr_sigma_pct = 5;
  double access_sigma_pct = 0;
  double latch_ns = 0.1;
  double latch_fj = 2;
  // What sense_model = nvsim asks of a cell and its periphery beside the rest (nvsim_profile.h).
  NvsimRoadmap nvsim_roadmap = NvsimRoadmap::Lstp;
  NvsimSensing nvsim_sensing = NvsimSensing::Current;
  double nvsim_read_v = 0.25;
  double nvsim_read_power_uw = 0;
  double nvsim_min_sense_mv = 25;
  double nvsim_access_drop_v = 0.1;
  double nvsim_access_width_f = 4;
  bool operator==(const Sensing &) const = default;
};

// One sub-array: cells, lines, periphery and the digital logic beside it. Sizes, capacitances, delays and energies are
// those at 45 nm and 1 V; feature_nm and vdd_v scale them (operating_point.h).
struct Array {
  int rows = 256;
  int columns = 512;
  int spare_columns = 0;
  double feature_nm = 45;
  double vdd_v = 1.0;
  double cell_width_um = 0.560;
  double cell_height_um = 0.665;
  double sense_line_ff_per_cell = 0.30;
  double write_line_ff_per_cell = 1.38;
  double read_word_line_ff_per_cell = 0.23;
  double write_word_line_ff_per_cell = 0.47;
  double line_width_nm = 70;
  double fo4_ps = 34;
  double off_current_pa_per_um = 20;
  double cell_leakage_pw = 0;
  Toggle volatile_cells = Toggle::Off;
  double write_transistor_um = 0.54;
  int write_columns = 64;
  int column_mux = 1;
  double sense_amplifier_um2 = 2.37;
  double write_driver_um2 = 4.55;
  double column_mux_um2 = 2.16;
  double full_adder_ps = 80;
  double full_adder_fj = 3.8;
  double full_adder_um2 = 4.38;
  double shift_ns = 0.3;
  double shift_pj = 0.417;
  double shift_um2 = 250;
  double add_ns = 0.5;
  double add_pj = 0.21;
  double add_um2 = 278;
  double register_bit_fj = 9;
  double register_bit_um2 = 5.98;
  double logic_and_fj = 0.5;
  double logic_and_um2 = 1.06;
  double sense_addon_um2 = 1.6;
  double decoder_addon_um2 = 0.27;
  double control_um2 = 400;
  double logic_leakage_nw_per_um2 = 27;
  bool operator==(const Array &) const = default;
};

// What the sub-arrays share: wires, ports, the digital processing unit (quantiser, batch norm, activation), gating.
// Given at 45 nm and 1 V as the array is.
struct Chip {
  double capacity_mbit = 512;
  int banks = 16;
  int subarrays_per_mat = 4;
  double wiring_area_factor = 1.143;
  double global_wire_ff_per_um = 0.2;
  double repeater_factor = 1.6;
  double wire_activity = 0.5;
  double wire_ns_per_mm = 0.28;
  int image_ports = 4;
  int kernel_ports = 2;
  int bank_subarrays_per_port = 8;
  int port_width_bits = 512;
  double port_cycle_ns = 2;
  int dpu_lanes = 64;
  double dpu_clock_ghz = 1;
  double dpu_multiply_pj = 3.1;
  double dpu_add_pj = 0.1;
  double dpu_lane_um2 = 5000;
  double expander_um2 = 9700;
  double expander_fj_per_bit = 78;
  int mat_requantise_lanes = 4;
  double gated_leakage_pct = 5;
  double wake_ns = 10;
  double wake_pj = 50;
  double offchip_pj_per_bit = 20;
  double offchip_gb_per_s = 8.5;
  [[nodiscard]] double bits() const { return capacity_mbit * 1048576; }
  [[nodiscard]] std::int64_t mats(std::int64_t subarrays) const {  // that so many sub-arrays lie in
    return (subarrays + subarrays_per_mat - 1) / subarrays_per_mat;
  }
  bool operator==(const Chip &) const = default;
};

// How a network is laid out and run.
struct Schedule {
  Dataflow dataflow = Dataflow::Patch;
  Packing packing = Packing::PowerOfTwo;
  Layout layout = Layout::Own;
  Expansion expansion = Expansion::Mat;
  Requantise requantise = Requantise::Dpu;
  Toggle column_gating = Toggle::Off;
  int gating_group_columns = 32;
  Toggle write_back = Toggle::Off;
  int scratch_rows = 8;
  double power_cap_w = 2;
  Overlap overlap = Overlap::Pipelined;
  int batch = 1;
  Span transport_span = Span::Used;
  Toggle idle_gating = Toggle::On;
  bool operator==(const Schedule &) const = default;
};

// Factors on what the physical model computes of a memory: on energy and time of the row operations that sense, and on
// the area of the plain memory; 1 where nothing is calibrated. A spread is how far one more chip may lie from the
// factor either way (90 % prediction interval), 1 without a calibration. Where they are from: core/hardware/silicon.
struct CalibrationFactors {
  double read_energy_factor = 1;
  double read_energy_spread = 1;
  double read_time_factor = 1;
  double read_time_spread = 1;
  double area_factor = 1;
  double area_spread = 1;
  bool operator==(const CalibrationFactors &) const = default;
};

// An accelerator as numbers: the whole path device → sense → array → chip → schedule. A value; validate() is
// called by everything that reads one from outside.
struct Accelerator {
  QString name = QStringLiteral("sot-mram");
  QString title;
  QMap<QString, QString> sources;  // for parameters that differ from the defaults: key → where the value is from
  Device device;
  Sensing sensing;
  Array array;
  Chip chip;
  Schedule schedule;
  CalibrationFactors calibration;
  bool operator==(const Accelerator &) const = default;
};

// Ten hex digits over every parameter value (not over names and sources): estimates of equal hash are comparable.
[[nodiscard]] QString hash(const Accelerator &accelerator);

// Throws Error naming the parameter, its value and range, or the two parameters that contradict each other.
void validate(const Accelerator &accelerator, const QString &place);

}  // namespace pimento
