// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "core/hardware/nvsim/nvsim_gates.h"

namespace pimento {

// How a chain of buffers is sized (-BufferDesignOptimization).
enum class NvsimBuffers : std::uint8_t { Latency, Balanced, Area };

struct NvsimDrive {
  double effort = 1;    // logical effort of the gate before the chain
  double input_ff = 0;  // of that gate
  double load_ff = 0;
  double load_ohm = 0;    // of the line that is the load
  double current_ua = 0;  // that the last stage carries
  double widest_f = 100;  // n transistor (-MaxNmosSize)
  NvsimBuffers style = NvsimBuffers::Latency;
};

// An odd number of inverters behind a gate: by logical effort close to four a stage (Latency), of that effort up to the
// smallest last stage that carries the current (Balanced), or that stage alone (Area). Throws Error where no allowed
// transistor carries the current.
class NvsimChain {
 public:
  NvsimChain(const NvsimGates &gates, const NvsimDrive &drive);
  [[nodiscard]] double input_ff() const { return m_input_ff[0]; }
  [[nodiscard]] NvsimEdge edge(double slope_per_ns) const;
  [[nodiscard]] double energy_pj() const;
  [[nodiscard]] double leakage_w() const;
  [[nodiscard]] NvsimBox box() const;

 private:
  static constexpr int Most = 21;
  void size(int stages, double last_um, double step);
  [[nodiscard]] NvsimGate stage(int i) const;

  const NvsimGates &m_gates;
  NvsimDrive m_drive;
  int m_stages = 1;
  std::array<double, Most> m_n_um{};
  std::array<double, Most> m_input_ff{};
  std::array<double, Most> m_output_ff{};
};

}  // namespace pimento
