// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include "core/hardware/nvsim/nvsim_chain.h"

namespace pimento {

// Lines of which one is driven at a time, each by a NAND of predecoded lines and a chain of buffers; up to eight lines
// are driven by the predecoder's outputs through the chain alone.
class NvsimRowDrivers {
 public:
  NvsimRowDrivers(const NvsimGates &gates, int lines, int nandInputs, NvsimDrive drive);
  [[nodiscard]] double input_ff() const { return m_input_ff; }  // of one line's NAND; 0 without one
  [[nodiscard]] NvsimEdge edge(double slope_per_ns) const;
  [[nodiscard]] double energy_pj() const;  // of the one line that switches
  [[nodiscard]] double leakage_w() const;  // of all lines
  [[nodiscard]] NvsimBox box() const;      // of all lines, one above the other

 private:
  const NvsimGates &m_gates;
  int m_lines;
  std::optional<NvsimGate> m_nand;
  double m_input_ff = 0;
  double m_output_ff = 0;
  NvsimChain m_chain;
};

// Drivers of the rows or of the select lines of multiplexers: a NAND of two predecoded lines each above eight lines.
[[nodiscard]] NvsimRowDrivers nvsimRowDrivers(const NvsimGates &gates, int lines, const NvsimDrive &drive);

// Decodes up to eight address bits onto lines with this load: decoders of two or three bits, whose outputs a second
// rank joins where there are several. Nothing at all for no bits.
class NvsimPredecoder {
 public:
  NvsimPredecoder(const NvsimGates &gates, int bits, double load_ff, double widest_f);
  [[nodiscard]] NvsimEdge edge(double slope_per_ns) const;
  [[nodiscard]] double energy_pj() const;
  [[nodiscard]] double leakage_w() const;
  [[nodiscard]] double area_um2() const;

 private:
  struct Rank {
    NvsimRowDrivers lines;
    int count;  // decoders alike
  };
  std::vector<Rank> m_first;
  std::optional<NvsimRowDrivers> m_second;
};

// Address bits of the two predecoder blocks that share them; the second has none up to three bits.
struct NvsimSplit {
  int first = 0;
  int second = 0;
};
[[nodiscard]] NvsimSplit nvsimSplit(int bits);

}  // namespace pimento
