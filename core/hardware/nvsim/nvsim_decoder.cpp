// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_decoder.h"

#include <algorithm>

namespace pimento {

namespace {

std::optional<NvsimGate> nandOf(const NvsimGates &gates, int inputs) {
  if (inputs == 0) return {};
  return NvsimGate{NvsimGateKind::Nand, inputs, inputs * gates.least_um(),
                   gates.least_um() * gates.technology().p_over_n};
}

NvsimDrive behind(const NvsimGates &gates, int nandInputs, NvsimDrive drive) {
  const NvsimGate inverter{.n_um = gates.least_um(), .p_um = gates.least_um() * gates.technology().p_over_n};
  const double p = gates.technology().p_over_n;
  drive.effort = nandInputs == 0 ? 1 : (nandInputs + p) / (1 + p);
  drive.input_ff = gates.input_ff(nandOf(gates, nandInputs).value_or(inverter));
  return drive;
}

}  // namespace

NvsimRowDrivers::NvsimRowDrivers(const NvsimGates &gates, int lines, int nandInputs, NvsimDrive drive)
    : m_gates(gates),
      m_lines(lines),
      m_nand(nandOf(gates, nandInputs)),
      m_chain(gates, behind(gates, nandInputs, drive)) {
  if (!m_nand) return;
  m_input_ff = gates.input_ff(*m_nand);
  m_output_ff = gates.output_ff(*m_nand, gates.f_um(NvsimFolded_f));
}

NvsimEdge NvsimRowDrivers::edge(double slope_per_ns) const {
  if (!m_nand) return m_chain.edge(slope_per_ns);
  const NvsimEdge nand = m_gates.fall(m_nand->n_um, m_output_ff + m_chain.input_ff(), slope_per_ns, m_nand->inputs);
  const NvsimEdge chain = m_chain.edge(nand.slope_per_ns);
  return {nand.delay_ns + chain.delay_ns, chain.slope_per_ns};
}

double NvsimRowDrivers::energy_pj() const {
  const double nand_pj = m_nand ? m_gates.switched_pj(m_output_ff + m_chain.input_ff()) : 0;
  return nand_pj + m_chain.energy_pj();
}

double NvsimRowDrivers::leakage_w() const {
  return m_lines * (m_chain.leakage_w() + (m_nand ? m_gates.leakage_w(*m_nand) : 0));
}

NvsimBox NvsimRowDrivers::box() const {
  const NvsimBox chain = m_chain.box();
  if (!m_nand) return {chain.width_um, m_lines * chain.height_um};
  const NvsimBox nand = m_gates.box(*m_nand, m_gates.f_um(NvsimDrawn_f));
  return {nand.width_um + chain.width_um, m_lines * std::max(nand.height_um, chain.height_um)};
}

NvsimRowDrivers nvsimRowDrivers(const NvsimGates &gates, int lines, const NvsimDrive &drive) {
  return {gates, lines, lines > 8 ? 2 : 0, drive};
}

NvsimPredecoder::NvsimPredecoder(const NvsimGates &gates, int bits, double load_ff, double widest_f) {
  if (bits == 0) return;
  std::vector<int> decoders;  // bits of each, the two-bit ones first
  if (bits == 1) decoders = {1};
  for (int rest = bits; rest > 1; rest -= decoders.back()) decoders.push_back(rest % 3 == 0 ? 3 : 2);
  const NvsimDrive output{.load_ff = load_ff, .widest_f = widest_f};
  const int lines = 1 << bits;
  const bool ranks = decoders.size() > 1;
  if (ranks) m_second.emplace(gates, lines, decoders.size() == 3 ? 3 : lines > 8 ? 2 : 0, output);
  for (std::size_t i = 0; i < decoders.size(); ++i) {
    if (i > 0 && decoders[i] == decoders[i - 1]) {
      ++m_first.back().count;
      continue;
    }
    const int outputs = 1 << decoders[i];
    NvsimDrive drive = output;
    if (ranks) drive.load_ff = double(lines) / outputs * m_second->input_ff();
    m_first.push_back({NvsimRowDrivers(gates, outputs, decoders[i] == 1 ? 0 : decoders[i], drive), 1});
  }
}

// Time of the slowest path; the shallowest slope is what the rows see.
NvsimEdge NvsimPredecoder::edge(double slope_per_ns) const {
  if (m_first.empty()) return {0, slope_per_ns};
  NvsimEdge slowest;
  for (const Rank &rank : m_first) {
    NvsimEdge edge = rank.lines.edge(slope_per_ns);
    if (m_second) {
      const NvsimEdge second = m_second->edge(edge.slope_per_ns);
      edge = {edge.delay_ns + second.delay_ns, second.slope_per_ns};
    }
    slowest = {std::max(slowest.delay_ns, edge.delay_ns), std::max(slowest.slope_per_ns, edge.slope_per_ns)};
  }
  return slowest;
}

// As NVSim books it: decoders alike once.
double NvsimPredecoder::energy_pj() const {
  double sum = m_second ? m_second->energy_pj() : 0;
  for (const Rank &rank : m_first) sum += rank.lines.energy_pj();
  return sum;
}

double NvsimPredecoder::leakage_w() const {
  double sum = m_second ? m_second->leakage_w() : 0;
  for (const Rank &rank : m_first) sum += rank.lines.leakage_w();
  return sum;
}

double NvsimPredecoder::area_um2() const {
  NvsimBox first;
  for (const Rank &rank : m_first) {
    const NvsimBox box = rank.lines.box();
    first = {std::max(first.width_um, box.width_um), first.height_um + rank.count * box.height_um};
  }
  const NvsimBox second = m_second ? m_second->box() : NvsimBox{};
  return (first.width_um + second.width_um) * std::max(first.height_um, second.height_um);
}

NvsimSplit nvsimSplit(int bits) {
  if (bits <= 3) return {bits, 0};
  return {bits - bits / 2, bits / 2};
}

}  // namespace pimento
