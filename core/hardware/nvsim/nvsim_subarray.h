// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "core/hardware/nvsim/nvsim_columns.h"
#include "core/hardware/nvsim/nvsim_decoder.h"
#include "core/hardware/nvsim/nvsim_files.h"

namespace pimento {

// Resistances of a read cell with its access transistor and, with voltage sensing, the levels of its bit line.
struct NvsimLevels {
  double on_ohm = 0;
  double off_ohm = 0;
  bool voltage = false;
  double serial_ohm = 0;  // other half of the divider; 0: a current is driven in
  double on_v = 0;
  double off_v = 0;
  double precharge_v = 0;  // between them, at most the supply
  [[nodiscard]] bool told(double signal_v) const {
    return !voltage || (precharge_v - on_v > signal_v && off_v - precharge_v > signal_v);
  }
};
[[nodiscard]] NvsimLevels nvsimLevels(const NvsimGates &gates, const NvsimCell &cell);

// What a sub-array costs by part, after its word line has been told to open by a predecoded line of a given slope.
struct NvsimSubarrayCost {
  double row_ns = 0;     // decoder and word line
  double column_ns = 0;  // select lines of the multiplexers, beside it
  double bit_ns = 0;
  double mux_ns = 0;
  double sense_ns = 0;
  double charge_ns = 0;  // of a bit line, through the multiplexers, before a write
  double pulse_ns = 0;
  double precharge_ns = 0;
  double read_ns = 0;
  double write_ns = 0;
  double row_pj = 0;
  double select_pj = 0;
  double mux_pj = 0;      // pass transistors, read
  double bitRead_pj = 0;  // lines and cells
  double bitWrite_pj = 0;
  double muxWrite_pj = 0;  // with what writing without a transistor adds
  double sense_pj = 0;
  double precharge_pj = 0;
  double row_w = 0;
  double select_w = 0;
  double sense_w = 0;
  double precharge_w = 0;
  double cells_w = 0;  // leakage, or refreshing
};

// One sub-array of NVSim: cells at the crossings of word and bit lines, with their decoders and column circuits. Throws
// Error where the cells can not be told apart, nothing can drive them or nothing fits.
class NvsimSubarray {
 public:
  // The cell stands at the node of the configuration already.
  NvsimSubarray(const NvsimGates &gates, const NvsimWire &wire, const NvsimCell &cell, const NvsimConfig &config);

  [[nodiscard]] NvsimSubarrayCost cost(double slope_per_ns) const;

  [[nodiscard]] double width_um() const { return m_width_um; }
  [[nodiscard]] double height_um() const { return m_height_um; }
  [[nodiscard]] double cells_um2() const { return m_cells_um.width_um * m_cells_um.height_um; }
  [[nodiscard]] double amplifiers_um2() const { return m_amplifiers * m_amplifier.height_um * m_pitch_um; }
  [[nodiscard]] double precharge_um2() const { return m_precharge_height_um * m_cells_um.width_um; }
  [[nodiscard]] double multiplexers_um2() const;
  [[nodiscard]] const NvsimColumnLine &bitLine() const { return m_bit; }
  [[nodiscard]] double wordLine_ohm() const { return m_word_ohm; }
  [[nodiscard]] double wordLine_ff() const { return m_word_ff; }

 private:
  void measureLines();
  void limitCurrents();
  void senseCells();
  void layOut();
  void senseResistances();
  void senseCharge();
  [[nodiscard]] double charge_ns(double slope_per_ns) const;
  [[nodiscard]] double discharge_ns(double ohm_on, double ohm_off) const;
  [[nodiscard]] double cells_w() const;
  [[nodiscard]] double bit_ns(double slope_per_ns) const;
  [[nodiscard]] double bitRead_pj() const;
  [[nodiscard]] double written_pj() const;

  const NvsimGates &m_gates;
  const NvsimWire &m_wire;
  const NvsimCell &m_cell;
  const NvsimConfig &m_config;
  int m_rows;
  int m_columns;
  double m_amplifiers = 0;
  double m_words = 0;  // columns that a word takes
  NvsimBox m_cells_um;
  NvsimColumnLine m_bit;
  double m_word_ohm = 0;
  double m_word_ff = 0;
  NvsimLevels m_levels;
  double m_access_ohm = 0;
  double m_signal_v = 0;   // that the latch is given
  double m_access_ff = 0;  // of one cell on its bit line
  double m_word_ua = 0;
  double m_bit_ua = 0;
  double m_pitch_um = 0;  // of an amplifier
  NvsimAmplifier m_amplifier;
  NvsimMux m_bitMux;
  NvsimMux m_outputMux1;
  NvsimMux m_outputMux2;
  std::optional<NvsimRowDrivers> m_row;
  std::vector<NvsimRowDrivers> m_selects;
  double m_precharge_height_um = 0;
  double m_width_um = 0;
  double m_height_um = 0;
};

}  // namespace pimento
