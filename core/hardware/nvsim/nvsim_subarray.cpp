// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_subarray.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/hardware/nvsim/nvsim_cells.h"

namespace pimento {

namespace {

// Row of a stitched word line: contacts to a strap take 7.5 F every so many columns (NVSim 6334d00).
constexpr double Stitch_f = 7.5;

bool twoTerminal(const NvsimCell &cell) { return cell.access != NvsimAccess::Cmos; }

}  // namespace

NvsimLevels nvsimLevels(const NvsimGates &gates, const NvsimCell &cell) {
  NvsimLevels l;
  const double access_ohm = twoTerminal(cell) ? 0 : gates.n_ohm(cell.access_width_f * gates.f_um(1));
  l.on_ohm = cell.on_ohm + access_ohm;
  l.off_ohm = cell.off_ohm + access_ohm;
  if (!isResistive(cell) || cell.read_mode == NvsimCurrent) return l;
  l.voltage = true;
  l.serial_ohm = cell.read_v > 0 ? std::sqrt(l.on_ohm * l.off_ohm) : 0;
  const auto level = [&](double ohm) {
    return cell.read_v > 0 ? cell.read_v * ohm / (ohm + l.serial_ohm) : cell.read_ua * 1e-6 * ohm;
  };
  l.on_v = level(l.on_ohm);
  l.off_v = level(l.off_ohm);
  l.precharge_v = std::min(gates.technology().vdd_v, (l.on_v + l.off_v) / 2);
  return l;
}

NvsimSubarray::NvsimSubarray(const NvsimGates &gates, const NvsimWire &wire, const NvsimCell &cell,
                             const NvsimConfig &config)
    : m_gates(gates), m_wire(wire), m_cell(cell), m_config(config), m_rows(config.rows()), m_columns(config.columns()) {
  m_amplifiers = m_columns / config.mux_sense;
  m_words = m_amplifiers / (config.mux_output1 * config.mux_output2);
  measureLines();
  limitCurrents();
  senseCells();
  layOut();
}

void NvsimSubarray::measureLines() {
  const double width_um = std::sqrt(m_cell.area_f2 / m_cell.aspect) * m_gates.f_um(1);
  const double height_um = std::sqrt(m_cell.area_f2 * m_cell.aspect) * m_gates.f_um(1);
  const double straps = m_cell.stitching > 0 ? std::floor((m_columns - 1) / m_cell.stitching) + 1 : 0;
  m_cells_um = {m_columns * width_um + straps * m_gates.f_um(Stitch_f), m_rows * height_um};
  m_pitch_um = m_cells_um.width_um / m_columns * m_config.mux_sense;
  m_bit = {m_columns, width_um, m_cells_um.height_um * m_wire.ff_per_um, m_cells_um.height_um * m_wire.ohm_per_um};
  m_word_ohm = m_cells_um.width_um * m_wire.ohm_per_um;
  m_word_ff = m_cells_um.width_um * m_wire.ff_per_um;
  if (twoTerminal(m_cell)) {
    m_access_ff = std::max(m_cell.on_f, m_cell.off_f) * 1e15;
    m_word_ff += m_access_ff * m_columns;
    m_bit.ff += m_access_ff * m_rows;
  } else {
    const double gate_um = m_cell.access_width_f * m_gates.f_um(1);
    m_access_ohm = m_gates.n_ohm(gate_um);
    m_access_ff = m_gates.drain_n_ff(gate_um, width_um);
    m_word_ff += (m_cell.type == NvsimSram ? 2 : 1) * m_gates.gate_ff(gate_um) * m_columns;
    m_bit.ff += m_access_ff * m_rows / 2;  // two cells share a contact
  }
}

void NvsimSubarray::limitCurrents() {
  const NvsimTechnology &t = m_gates.technology();
  if (isResistive(m_cell) && !twoTerminal(m_cell) && m_rows > t.n_on_ua_per_um / t.n_off_ua_per_um)
    throw Error(QStringLiteral("cell"),
                QStringLiteral("the %1 closed rows of a bit line leak as much as the open one").arg(m_rows),
                QStringLiteral("fewer rows, or another roadmap"));
  const NvsimCurrents currents = nvsimWriteCurrents(m_cell, m_rows, m_columns, m_words);
  m_word_ua = currents.word_ua;
  m_bit_ua = currents.bit_ua;
}

void NvsimSubarray::senseResistances() {
  m_signal_v = m_cell.min_sense_mv * 1e-3;
  m_levels = nvsimLevels(m_gates, m_cell);
  if (!m_levels.told(m_signal_v))
    throw Error(
        QStringLiteral("cell"), QStringLiteral("the cells differ by less than MinSenseVoltage"),
        QStringLiteral("another ReadVoltage or ReadCurrent, a wider access transistor, another roadmap, a larger "
                       "ratio of resistances, or less MinSenseVoltage"));
}

// Bit lines start at half of the supply. A DRAM cell shares its charge with the line; reading it destroys it, so every
// column has its amplifier.
void NvsimSubarray::senseCharge() {
  const double vdd_v = m_gates.technology().vdd_v;
  m_levels.precharge_v = vdd_v / 2;
  m_signal_v = m_cell.min_sense_mv * 1e-3;
  if (m_cell.type == NvsimSram) {
    if (m_signal_v / 2 >= m_levels.precharge_v)
      throw Error(QStringLiteral("cell"), QStringLiteral("MinSenseVoltage is not below the supply of %1 V").arg(vdd_v));
    return;
  }
  if (m_config.mux_sense > 1)
    throw Error(QStringLiteral("cell"),
                QStringLiteral("a read of DRAM is destructive: columns can not share an amplifier"),
                QStringLiteral("-ForceMuxSenseAmp: 1"));
  const double cell_ff = m_cell.dram_f * 1e15;
  const double shared_v = m_levels.precharge_v * cell_ff / (cell_ff + m_bit.ff);
  if (shared_v < m_signal_v)
    throw Error(QStringLiteral("cell"), QStringLiteral("a DRAM cell moves its bit line by less than MinSenseVoltage"),
                QStringLiteral("fewer rows, or a larger DRAMCellCapacitance"));
  m_signal_v = shared_v;
}

void NvsimSubarray::senseCells() {
  const bool resistive = isResistive(m_cell);
  resistive ? senseResistances() : senseCharge();
  m_amplifier = nvsimAmplifier(m_gates, {resistive && m_cell.read_mode == NvsimCurrent, m_signal_v, m_pitch_um});
  const double on_ohm = resistive ? m_cell.on_ohm : 0;
  const double widest = m_config.widest_f;
  m_outputMux2 = nvsimMux(m_gates, {int(m_config.mux_output2), int(m_words), 0, 0, m_bit_ua, on_ohm, widest});
  m_outputMux1 = nvsimMux(m_gates, {int(m_config.mux_output1), int(m_amplifiers / m_config.mux_output1),
                                    m_outputMux2.delayLoad_ff, m_outputMux2.pass_ff, m_bit_ua, on_ohm, widest});
  m_bitMux = nvsimMux(m_gates, {int(m_config.mux_sense), int(m_amplifiers), m_amplifier.load_ff, m_amplifier.load_ff,
                                m_bit_ua, on_ohm, widest});
  const NvsimTechnology &t = m_gates.technology();
  const double select_um = std::max(m_gates.least_um(), m_bit_ua / t.n_on_ua_per_um);
  if (select_um > m_gates.f_um(widest))
    throw Error(QStringLiteral("cell"),
                QStringLiteral("a bit line carries %1 µA").arg(QString::number(m_bit_ua, 'g', 4)),
                QStringLiteral("a larger -MaxNmosSize, or fewer rows"));
  const NvsimDrive select{.load_ff = m_gates.gate_ff(select_um) * m_columns + m_cells_um.width_um * m_wire.ff_per_um,
                          .load_ohm = m_word_ohm,
                          .widest_f = widest,
                          .style = m_config.buffers};
  for (const double inputs : {m_config.mux_sense, m_config.mux_output1, m_config.mux_output2})
    m_selects.push_back(nvsimRowDrivers(m_gates, int(inputs), select));
  m_row.emplace(nvsimRowDrivers(m_gates, m_rows,
                                {.load_ff = m_word_ff,
                                 .load_ohm = m_word_ohm,
                                 .current_ua = m_word_ua,
                                 .widest_f = widest,
                                 .style = m_config.buffers}));
}

// The row decoder stands beside the cells, folded where it is higher; the column circuits below them.
void NvsimSubarray::layOut() {
  const NvsimBox row = m_row->box();
  double beside_um =
      row.height_um > m_cells_um.height_um ? row.width_um * row.height_um / m_cells_um.height_um : row.width_um;
  for (const NvsimRowDrivers &select : m_selects) beside_um = std::max(beside_um, select.box().width_um);
  m_precharge_height_um = nvsimPrecharge(m_gates, m_wire, m_bit, m_config.widest_f, NvsimStep_per_ns).box.height_um;
  m_width_um = m_cells_um.width_um + beside_um;
  m_height_um = m_cells_um.height_um + m_precharge_height_um + m_amplifier.height_um + m_bitMux.height_um +
                m_outputMux1.height_um + m_outputMux2.height_um;
}

double NvsimSubarray::multiplexers_um2() const {
  return (m_bitMux.height_um + m_outputMux1.height_um + m_outputMux2.height_um) * m_cells_um.width_um;
}

// Time until both an on- and an off-cell have moved their bit line from the precharged level by what the latch needs.
double NvsimSubarray::discharge_ns(double on_ohm, double off_ohm) const {
  const double line_ns = rc_ns(m_bit.ohm, m_bitMux.delayLoad_ff + m_bit.ff / 2);
  const double ff = m_access_ff + m_bit.ff + m_bitMux.delayLoad_ff;
  const auto until = [&](double ohm, double swing_v) {
    return (rc_ns(ohm, ff) + line_ns) * std::log(swing_v / (swing_v - m_signal_v));
  };
  return std::max(until(on_ohm, m_levels.precharge_v - m_levels.on_v),
                  until(off_ohm, m_levels.off_v - m_levels.precharge_v));
}

double NvsimSubarray::charge_ns(double slope_per_ns) const {
  const double line_ff = m_bit.ff + m_bitMux.delayLoad_ff;
  if (m_cell.type == NvsimDram) {
    const double cell_ff = m_access_ff + m_cell.dram_f * 1e15;
    constexpr double Settled = 2.3;  // ln 10
    const double rc = Settled * rc_ns(m_bit.ohm + m_access_ohm, cell_ff * line_ff / (cell_ff + line_ff));
    return nvsimEdge(rc, 0, slope_per_ns).delay_ns;
  }
  // One line falls through access and pull-down transistor and the other rises: half of the signal each.
  const double pull_ohm = m_gates.n_ohm(m_cell.sram_n_f * m_gates.f_um(1));
  const double rc =
      rc_ns(m_access_ohm + pull_ohm, m_access_ff + line_ff) + rc_ns(m_bit.ohm, m_bitMux.delayLoad_ff + m_bit.ff / 2);
  const double part = std::log(m_levels.precharge_v / (m_levels.precharge_v - m_signal_v / 2));
  const double beta = 1 / (pull_ohm * m_gates.n_siemens(m_cell.access_width_f * m_gates.f_um(1)));
  return nvsimEdge(rc * part, beta, slope_per_ns).delay_ns;
}

// An SRAM's two inverters and its access transistors leak; a DRAM's rows are read again within 64 ms (NVSim 6334d00).
double NvsimSubarray::cells_w() const {
  constexpr double Refresh_s = 64e-3;
  const double f_um = m_gates.f_um(1);
  if (m_cell.type == NvsimDram) return bitRead_pj() * 1e-12 / Refresh_s * m_rows;
  if (m_cell.type != NvsimSram) return 0;
  const double cell_w = 2 * m_gates.leakage_w({.n_um = m_cell.sram_n_f * f_um, .p_um = m_cell.sram_p_f * f_um}) +
                        m_gates.leakage_w({.n_um = m_cell.access_width_f * f_um});
  return cell_w * m_rows * m_columns;
}

double NvsimSubarray::bit_ns(double slope_per_ns) const {
  if (!isResistive(m_cell)) return charge_ns(slope_per_ns);
  if (m_cell.read_mode == NvsimCurrent) {
    // Of a line that a current is sensed on (Seevinck et al., JSSC 26(4), 1991).
    const double share = (m_levels.off_ohm + m_bit.ohm / 3) / (m_levels.off_ohm + m_bit.ohm);
    return nvsimEdge(rc_ns(m_bit.ohm, m_bit.ff) / 2 * share, 0, slope_per_ns).delay_ns;
  }
  if (m_levels.serial_ohm == 0) return discharge_ns(m_levels.on_ohm, m_levels.off_ohm);
  const auto parallel = [&](double ohm) { return ohm * m_levels.serial_ohm / (ohm + m_levels.serial_ohm); };
  return discharge_ns(parallel(m_levels.on_ohm), parallel(m_levels.off_ohm));
}

// Lines of all columns, and the cells of a word with their references for the time of the amplifier.
double NvsimSubarray::bitRead_pj() const {
  const double charged_ff = m_access_ff + m_bit.ff + m_bitMux.pass_ff;
  if (m_cell.type == NvsimSram) return m_columns * charged_ff * m_levels.precharge_v * m_levels.precharge_v * 1e-3;
  if (m_cell.type == NvsimDram) return m_columns * charged_ff * m_signal_v * m_gates.technology().vdd_v * 1e-3;
  double line_pj = 0;
  if (m_cell.read_mode == NvsimCurrent) {
    const double path_ohm = m_bitMux.pass_ohm + m_bit.ohm + m_levels.on_ohm;
    const double near_v = m_cell.read_v * m_bitMux.pass_ohm / path_ohm;
    const double far_v = m_cell.read_v * (m_bitMux.pass_ohm + m_bit.ohm) / path_ohm;
    line_pj = (m_access_ff * far_v * far_v + m_bitMux.pass_ff * near_v * near_v +
               m_bit.ff * (far_v * far_v + near_v * near_v + far_v * near_v) / 3) *
              1e-3;
  } else {
    line_pj = charged_ff * (m_levels.precharge_v * m_levels.precharge_v - m_levels.on_v * m_levels.on_v) * 1e-3;
  }
  const double cell_pj = m_cell.read_pj > 0
                             ? m_cell.read_pj
                             : 2 * nvsimRead_uw(m_cell, m_gates.technology().vdd_v) * m_amplifier.sense_ns * 1e-3;
  return line_pj * m_columns + cell_pj * m_words;
}

// The dearer of set and reset, in every cell of a word; each with its bit line.
double NvsimSubarray::written_pj() const {
  const double vdd_v = m_gates.technology().vdd_v;
  const double ff = m_access_ff + m_bit.ff + m_bitMux.pass_ff;
  if (m_cell.type == NvsimSram) return m_words * ff * m_levels.precharge_v * m_levels.precharge_v * 1e-3;
  if (m_cell.type == NvsimDram) {
    const double write_v = m_cell.reset_v > 0 ? m_cell.reset_v : vdd_v;
    return m_columns * (ff - m_access_ff) * write_v * write_v * 1e-3;
  }
  const auto line_pj = [&](int mode, double volt) {
    const double v = mode == NvsimVoltage ? volt : vdd_v;
    return ff * v * v * 1e-3;
  };
  const NvsimWrite write = nvsimWrite(m_cell, vdd_v);
  const double set_pj = write.set_pj + line_pj(m_cell.set_mode, m_cell.set_v) / write.efficiency;
  const double reset_pj = write.reset_pj + line_pj(m_cell.reset_mode, m_cell.reset_v) / write.efficiency;
  const bool both = twoTerminal(m_cell) && m_config.erase_first;
  return m_words * (both ? set_pj + reset_pj : std::max(set_pj, reset_pj));
}

NvsimSubarrayCost NvsimSubarray::cost(double slope_per_ns) const {
  const NvsimEdge row = m_row->edge(slope_per_ns);
  const NvsimPrecharge precharge = nvsimPrecharge(m_gates, m_wire, m_bit, m_config.widest_f, slope_per_ns);
  NvsimSubarrayCost c;
  c.row_ns = row.delay_ns;
  for (const NvsimRowDrivers &select : m_selects) {
    c.column_ns = std::max(c.column_ns, select.edge(slope_per_ns).delay_ns);
    c.select_pj += select.energy_pj();
    c.select_w += select.leakage_w();
  }
  const double pass_ohm = m_bitMux.pass_ohm + m_outputMux1.pass_ohm + m_outputMux2.pass_ohm;
  const double pass_ff = m_bitMux.pass_ff + m_outputMux1.pass_ff + m_outputMux2.pass_ff;
  c.charge_ns =
      nvsimEdge(rc_ns(pass_ohm, pass_ff + m_bit.ff) + rc_ns(m_bit.ohm, m_bit.ff) / 2, 0, NvsimStep_per_ns).delay_ns;
  c.bit_ns = bit_ns(row.slope_per_ns);
  c.mux_ns = m_bitMux.delay_ns + m_outputMux1.delay_ns + m_outputMux2.delay_ns;
  c.sense_ns = m_amplifier.sense_ns;
  c.precharge_ns = precharge.enable_ns + precharge.charge_ns;
  c.read_ns = std::max(c.row_ns, c.column_ns) + c.bit_ns + c.mux_ns + c.sense_ns;
  const bool pulses = twoTerminal(m_cell) && m_cell.type != NvsimPcram;
  c.pulse_ns = pulses ? m_cell.set_ns + m_cell.reset_ns : std::max(m_cell.set_ns, m_cell.reset_ns);
  const double selected_ns = pulses && m_config.erase_first ? 0 : c.column_ns;
  c.write_ns = std::max(c.row_ns, selected_ns + c.charge_ns) + (pulses ? c.charge_ns : 0) + c.pulse_ns;
  if (!isResistive(m_cell)) c.write_ns = c.read_ns;  // as NVSim takes it
  c.row_pj = m_row->energy_pj();
  c.mux_pj = m_bitMux.energy_pj + m_outputMux1.energy_pj + m_outputMux2.energy_pj;
  c.muxWrite_pj = twoTerminal(m_cell) ? 2 * c.mux_pj : c.mux_pj;
  c.bitRead_pj = bitRead_pj();
  c.bitWrite_pj = written_pj();
  c.sense_pj = m_amplifiers * m_amplifier.energy_pj;
  c.precharge_pj = precharge.energy_pj;
  c.row_w = m_row->leakage_w();
  c.sense_w = m_amplifiers * m_amplifier.leakage_w;
  c.precharge_w = precharge.leakage_w;
  c.cells_w = cells_w();
  return c;
}

}  // namespace pimento
