// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_chain.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr double BestEffort = 4;
constexpr int MostBuffers = 20;

// Inverters that bring the effort of a stage close to four; the gate before them is a stage too.
int buffersFor(double effort) {
  return std::clamp(static_cast<int>(std::log(effort) / std::log(BestEffort) + 0.5) - 1, 0, MostBuffers);
}

}  // namespace

NvsimChain::NvsimChain(const NvsimGates &gates, const NvsimDrive &drive) : m_gates(gates), m_drive(drive) {
  const NvsimTechnology &t = gates.technology();
  const double widest_um = gates.f_um(drive.widest_f);
  const double carrying_um = std::max(gates.least_um(), drive.current_ua / t.n_on_ua_per_um);
  if (carrying_um > widest_um)
    throw Error(
        QStringLiteral("cell"),
        QStringLiteral("a line carries %1 µA, a driver of %2 F")
            .arg(QString::number(drive.current_ua, 'g', 4), QString::number(carrying_um / t.feature_um, 'g', 4)),
        QStringLiteral("fewer cells written at once (a larger -ForceMuxSenseAmp), or a larger -MaxNmosSize"));
  const double perWidth_ff = gates.gate_ff(1) * (1 + t.p_over_n);
  if (drive.style == NvsimBuffers::Latency) {
    double effort = std::max(1.0, drive.effort * drive.load_ff / drive.input_ff);
    int buffers = buffersFor(effort);
    if (buffers % 2 == 0) ++buffers;
    double step = std::pow(effort, 1.0 / (buffers + 1));
    double last_um = std::max(gates.least_um(), drive.load_ff / step / perWidth_ff);
    if (last_um > widest_um) {
      last_um = widest_um;
      effort = drive.effort * perWidth_ff * widest_um / drive.input_ff;
      step = std::pow(effort, 1.0 / buffers);
    }
    if (last_um >= carrying_um) {
      size(buffers, last_um, step);
      return;
    }
  }
  if (drive.style == NvsimBuffers::Area) {
    size(1, carrying_um, 1);
    return;
  }
  const double effort = std::max(1.0, drive.effort * perWidth_ff * carrying_um / drive.input_ff);
  int buffers = buffersFor(effort);
  if (buffers % 2 != 0) ++buffers;
  size(buffers + 1, carrying_um, std::pow(effort, 1.0 / (buffers + 1)));
}

void NvsimChain::size(int stages, double last_um, double step) {
  m_stages = stages;
  double width_um = last_um;
  for (int i = stages - 1; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    m_n_um[at] = i == stages - 1 ? last_um : std::max(m_gates.least_um(), width_um / step);
    width_um = m_n_um[at];
    m_input_ff[at] = m_gates.input_ff(stage(i));
    m_output_ff[at] = m_gates.output_ff(stage(i), m_gates.f_um(NvsimFolded_f));
  }
}

NvsimGate NvsimChain::stage(int i) const {
  const double n_um = m_n_um[static_cast<std::size_t>(i)];
  return {.n_um = n_um, .p_um = n_um * m_gates.technology().p_over_n};
}

NvsimEdge NvsimChain::edge(double slope_per_ns) const {
  NvsimEdge edge{0, slope_per_ns};
  for (int i = 0; i < m_stages; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool last = i + 1 == m_stages;
    const double load_ff = last ? m_drive.load_ff : m_input_ff[at + 1];
    const double line_ns = last ? rc_ns(m_drive.load_ohm, m_drive.load_ff) / 2 : 0;
    const NvsimEdge next = m_gates.fall(m_n_um[at], m_output_ff[at] + load_ff, edge.slope_per_ns, 1, line_ns);
    edge = {edge.delay_ns + next.delay_ns, next.slope_per_ns};
  }
  return edge;
}

double NvsimChain::energy_pj() const {
  double ff = m_drive.load_ff;
  for (int i = 0; i < m_stages; ++i) {
    const auto at = static_cast<std::size_t>(i);
    ff += m_output_ff[at] + (i > 0 ? m_input_ff[at] : 0);
  }
  return m_gates.switched_pj(ff);
}

double NvsimChain::leakage_w() const {
  double sum = 0;
  for (int i = 0; i < m_stages; ++i) sum += m_gates.leakage_w(stage(i));
  return sum;
}

NvsimBox NvsimChain::box() const {
  NvsimBox box;
  for (int i = 0; i < m_stages; ++i) {
    const NvsimBox one = m_gates.box(stage(i), m_gates.f_um(NvsimDrawn_f));
    box = {box.width_um + one.width_um, std::max(box.height_um, one.height_um)};
  }
  return box;
}

}  // namespace pimento
