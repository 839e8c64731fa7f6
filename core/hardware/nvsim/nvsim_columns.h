// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/nvsim/nvsim_chain.h"
#include "core/hardware/nvsim/nvsim_wire.h"

namespace pimento {

// What stands below the columns of a sub-array, for all of them.

// Two precharging transistors and an equaliser a column, enabled by a line along the row.
struct NvsimPrecharge {
  double enable_ns = 0;  // of that line
  double charge_ns = 0;
  double energy_pj = 0;
  double leakage_w = 0;
  NvsimBox box;
};
struct NvsimColumnLine {
  int columns = 0;
  double pitch_um = 0;
  double ff = 0;  // of a bit line
  double ohm = 0;
};
[[nodiscard]] NvsimPrecharge nvsimPrecharge(const NvsimGates &gates, const NvsimWire &wire, const NvsimColumnLine &line,
                                            double widest_f, double slope_per_ns);

// Pass transistors that join `inputs` columns to each of `count` lines; nothing for one input.
struct NvsimMux {
  double delay_ns = 0;
  double energy_pj = 0;
  double pass_ohm = 0;
  double pass_ff = 0;
  double delayLoad_ff = 0;  // for the stage before, in time
  double height_um = 0;
  double area_um2 = 0;
};
struct NvsimMuxShape {
  int inputs = 1;
  int count = 0;
  double load_ff = 0;
  double next_ff = 0;     // input of the next stage, as its energy counts it
  double current_ua = 0;  // of a write
  double on_ohm = 0;      // of a resistive cell, at most a fifth of which the transistor may have; 0: none
  double widest_f = 100;
};
[[nodiscard]] NvsimMux nvsimMux(const NvsimGates &gates, const NvsimMuxShape &shape);

// Latch of 3.75 F and 7.5 F with isolation and enable; with current sensing behind a converter whose time, energy,
// leakage and area are constants of the node (HSPICE, NVSim 6334d00). Throws Error where it does not fit the pitch.
struct NvsimAmplifier {
  double sense_ns = 0;
  double energy_pj = 0;  // of one amplifier
  double leakage_w = 0;  // of one amplifier
  double load_ff = 0;
  double height_um = 0;  // at the pitch
};
struct NvsimAmplifierShape {
  bool current = true;
  double signal_v = 0;
  double pitch_um = 0;
};
[[nodiscard]] NvsimAmplifier nvsimAmplifier(const NvsimGates &gates, const NvsimAmplifierShape &shape);

// The pitch that an amplifier needs at least, in F.
inline constexpr double NvsimLeastPitch_f = 2;

}  // namespace pimento
