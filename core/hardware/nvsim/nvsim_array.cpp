// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_array.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/hardware/array/decoder.h"

namespace pimento {

namespace {

constexpr double Supply_v = 1.0;  // NVSim 6334d00, LSTP at 45 nm
// Derived from NVSim 6334d00, sub_mux1 run: sense amplifier 809.046 ps and 53.164 pJ over 512 columns, less the
// converter; leakage 2.312 µW less that of the decoders, over 512 columns (mat_mux1 has four times as much).
constexpr double Latch_ps = 9.0;
constexpr double Latch_fj = 1.24;
constexpr double Amplifier_nw = 4.35;
constexpr double ScaledFrom_nm = 45;
constexpr double LatchArea_um2 = 2.37;  // OpenNVRAM, FreePDK45: sense amplifier, for voltage sensing
constexpr int MuxLevels = 3;            // columns a sense amplifier, and two levels of output
constexpr double MuxWidth_f = 3;        // assumption: pass transistor of 3 F a column and level
constexpr double PrechargeWidth_f = 6;  // assumption: two precharge transistors and an equaliser of 6 F a column
constexpr int PrechargeTransistors = 3;

double cell_pj(int mode, double given_pj, double ua, double volt, double ns, double ohm) {
  if (given_pj > 0) return given_pj;
  return (mode == NvsimCurrent ? ua * Supply_v : volt * volt / ohm * 1e6) * ns * 1e-3;
}

// Everything about one sub-array, before it is booked.
struct Subarray {
  DecoderCost decoder;
  GateChain mux;
  GateChain precharge;
  double amplifiers = 0;
  double sense_ns = 0;
  double sense_pj = 0;    // amplifiers
  double bitRead_pj = 0;  // cells and bit lines
  double bitWrite_pj = 0;
  double pulse_ns = 0;
  double width_um = 0;
  double height_um = 0;
  double amplifier_um2 = 0;
  double cells_um2 = 0;
  double column_um2 = 0;  // precharge and multiplexers
};

class Model {
 public:
  Model(const NvsimCell &cell, const NvsimConfig &config)
      : m_cell(atNode(cell, config.process_nm)),
        m_config(config),
        m_cmos(lowStandbyTransistors(config.process_nm, Supply_v, config.temperature_k)),
        m_local(wire(config.local_layer, config.process_nm, config.local_quality)),
        m_feature_um(config.process_nm * 1e-3) {
    m_array.rows = config.rows();
    m_array.columns = config.columns();
    m_array.mats = config.bank.rows * config.bank.columns;
    m_matSubarrays = config.mat.rows * config.mat.columns;
    m_array.subarrays = m_array.mats * m_matSubarrays;
    m_array.vdd_v = Supply_v;
  }

  NvsimArray build() {
    measureLines();
    senseCells();
    writeCells();
    driveColumns();
    layOut();
    book();
    route();
    return m_array;
  }

 private:
  NvsimCost &part(NvsimPart p) { return m_array.parts[static_cast<std::size_t>(p)]; }

  void measureLines() {
    m_cellHeight_um = std::sqrt(m_cell.area_f2 * m_cell.aspect) * m_feature_um;
    m_cellWidth_um = std::sqrt(m_cell.area_f2 / m_cell.aspect) * m_feature_um;
    const double gate_um = m_cell.access_width_f * m_feature_um;
    const double word_um = m_array.columns * m_cellWidth_um;
    const double bit_um = m_array.rows * m_cellHeight_um;
    m_array.wordLine_ohm = word_um * m_local.ohm_per_um;
    m_array.wordLine_ff = word_um * m_local.ff_per_um + m_array.columns * gate_um * m_cmos.gate_ff_per_um;
    m_array.bitLine_ohm = bit_um * m_local.ohm_per_um;
    m_array.bitLine_ff = bit_um * m_local.ff_per_um + m_array.rows * gate_um * m_cmos.drain_ff_per_um;
    m_sub.decoder = decoderCost(
        {m_array.rows, m_cellHeight_um, m_array.wordLine_ff, m_array.wordLine_ohm, m_matSubarrays, m_config.mat.rows},
        m_cmos, m_local);
  }

  // Time until the bit lines of an on- and an off-cell, discharged from the read voltage, differ by the least that the
  // latch can tell; their difference first grows and then falls.
  double discharge_ns() const {
    const double access_ohm = m_cmos.ohm_um / (m_cell.access_width_f * m_feature_um);
    const double fast = 1e6 / ((m_cell.on_ohm + access_ohm) * m_array.bitLine_ff);
    const double slow = 1e6 / ((m_cell.off_ohm + access_ohm) * m_array.bitLine_ff);
    const auto difference_mv = [&](double ns) {
      return 1e3 * m_cell.read_v * (std::exp(-slow * ns) - std::exp(-fast * ns));
    };
    double late = std::log(fast / slow) / (fast - slow);
    if (!(difference_mv(late) >= m_cell.min_sense_mv))
      throw Error(QStringLiteral("cell"), QStringLiteral("the cells differ by less than MinSenseVoltage"),
                  QStringLiteral("more ReadVoltage or a larger ratio of resistances"));
    double early = 0;
    for (int step = 0; step < 60; ++step) {
      const double middle = (early + late) / 2;
      (difference_mv(middle) < m_cell.min_sense_mv ? early : late) = middle;
    }
    return late;
  }

  // Current sensing bills cell and reference branch from the supply for the whole time of the converter; voltage
  // sensing bills the charge of the bit line.
  void senseCells() {
    const double node = m_config.process_nm / ScaledFrom_nm;
    const bool current = m_cell.read_mode == NvsimCurrent;
    const double latch_ns = Latch_ps * 1e-3 * node;
    m_sub.amplifiers = m_array.columns / m_config.mux_sense;
    m_sub.sense_ns = latch_ns + (current ? NvsimConverter_ns : discharge_ns());
    m_sub.sense_pj = m_sub.amplifiers * (Latch_fj * node + (current ? NvsimConverter_fj : 0)) * 1e-3;
    const double read_ua =
        m_cell.read_ua > 0 ? m_cell.read_ua : (m_cell.read_v - m_cell.access_drop_v) / m_cell.on_ohm * 1e6;
    const double bit_pj = m_cell.read_pj > 0 ? m_cell.read_pj
                          : current          ? 2 * Supply_v * read_ua * m_sub.sense_ns * 1e-3
                                             : switched_pj(m_array.bitLine_ff, 1) * m_cell.read_v * Supply_v;
    m_sub.bitRead_pj = m_sub.amplifiers * bit_pj;
    m_sub.amplifier_um2 =
        m_sub.amplifiers * (current ? NvsimConverter_f2 * m_feature_um * m_feature_um : LatchArea_um2 * node * node);
  }

  // Half of the bits are set and half reset; the slower pulse counts. The bit line is charged to the supply.
  void writeCells() {
    const double written = m_sub.amplifiers / (m_config.mux_output1 * m_config.mux_output2);
    m_sub.bitWrite_pj = written * (nvsimWrite_pj(m_cell) + switched_pj(m_array.bitLine_ff, Supply_v));
    m_sub.pulse_ns = std::max(m_cell.set_ns, m_cell.reset_ns);
  }

  // A control line across all columns with `gate_um` of transistor on each.
  GateChain columnLine(double gate_um) const {
    const double ff = m_array.columns * (m_cellWidth_um * m_local.ff_per_um + gate_um * m_cmos.gate_ff_per_um);
    return driveChain(m_cmos, {ff, m_cmos.minimum_ff()});
  }

  void driveColumns() {
    m_sub.mux = columnLine(MuxWidth_f * m_feature_um);
    m_sub.precharge = columnLine(PrechargeTransistors * PrechargeWidth_f * m_feature_um);
    const double pull_ohm = m_cmos.ohm_um / (PrechargeWidth_f * m_feature_um);
    m_array.precharge_ns =
        m_sub.precharge.delay_ps * 1e-3 + lineDelay_ns(pull_ohm, m_array.bitLine_ohm, m_array.bitLine_ff);
  }

  void layOut() {
    const double cells_um = m_array.columns * m_cellWidth_um;
    const double rows_um = m_array.rows * m_cellHeight_um;
    const double column_um =
        (MuxLevels * MuxWidth_f + PrechargeTransistors * PrechargeWidth_f) * m_feature_um * m_array.columns;
    m_sub.cells_um2 = cells_um * rows_um;
    m_sub.column_um2 = column_um * m_cmos.pitch_um();
    m_sub.width_um = cells_um + m_sub.decoder.row_um * m_cmos.pitch_um() / m_cellHeight_um;
    m_sub.height_um = rows_um + (m_sub.amplifier_um2 + m_sub.column_um2) / cells_um;
    m_array.subarray_um2 = m_sub.width_um * m_sub.height_um;
    const double predecoder_um2 = m_sub.decoder.predecode_um * m_cmos.pitch_um();
    m_mat_width_um = m_config.mat.columns * m_sub.width_um;
    m_mat_height_um = m_config.mat.rows * m_sub.height_um + predecoder_um2 / m_mat_width_um;
    m_array.mat_um2 = m_mat_width_um * m_mat_height_um;
  }

  void book() {
    const double mats = m_config.bank.activeRows * m_config.bank.activeColumns;
    const double active = mats * m_config.mat.activeRows * m_config.mat.activeColumns;
    const double all = m_array.subarrays;
    const DecoderCost &d = m_sub.decoder;
    const double mux_pj = MuxLevels * switched_pj(m_sub.mux.switched_ff, Supply_v);
    part(NvsimPart::Predecoder) = {d.predecode_ns,
                                   d.predecode_ns,
                                   mats * d.predecode_pj,
                                   mats * d.predecode_pj,
                                   m_array.mats * (m_array.mat_um2 - m_matSubarrays * m_array.subarray_um2),
                                   m_cmos.leakage_w(m_array.mats * d.predecode_um)};
    const double charge_ns = lineDelay_ns(0, m_array.bitLine_ohm, m_array.bitLine_ff);
    const double strips_um2 = m_sub.cells_um2 + m_sub.amplifier_um2 + m_sub.column_um2;
    part(NvsimPart::RowDecoder) = {d.row_ns,
                                   std::max(d.row_ns, charge_ns),
                                   active * d.row_pj,
                                   active * d.row_pj,
                                   all * (m_array.subarray_um2 - strips_um2),
                                   m_cmos.leakage_w(all * m_array.rows * d.row_um)};
    part(NvsimPart::BitLine) = {
        charge_ns, 0, active * m_sub.bitRead_pj, active * m_sub.bitWrite_pj, all * m_sub.cells_um2, 0};
    part(NvsimPart::SenseAmplifier) = {m_sub.sense_ns,
                                       0,
                                       active * m_sub.sense_pj,
                                       0,
                                       all * m_sub.amplifier_um2,
                                       all * m_sub.amplifiers * amplifier_w()};
    const double muxShare = MuxLevels * MuxWidth_f / (MuxLevels * MuxWidth_f + PrechargeTransistors * PrechargeWidth_f);
    part(NvsimPart::MuxDecoder) = {0,
                                   0,
                                   active * mux_pj,
                                   active * mux_pj,
                                   all * m_sub.column_um2 * muxShare,
                                   m_cmos.leakage_w(all * MuxLevels * m_sub.mux.width_um)};
    part(NvsimPart::Precharge) = {0,
                                  0,
                                  active * switched_pj(m_sub.precharge.switched_ff, Supply_v),
                                  0,
                                  all * m_sub.column_um2 * (1 - muxShare),
                                  m_cmos.leakage_w(all * m_sub.precharge.width_um)};
    part(NvsimPart::Pulse).write_ns = m_sub.pulse_ns;
  }

  // Off-current of the amplifier as of the logic; its size in F does not change with the node.
  double amplifier_w() const {
    const Transistors reference = lowStandbyTransistors(ScaledFrom_nm, Supply_v);
    return Amplifier_nw * 1e-9 * m_cmos.off_pa_per_um / reference.off_pa_per_um * m_config.process_nm / ScaledFrom_nm;
  }

  // Halves both sides in turn until each mat is reached; wires are counted with all their branches.
  double treeLength_mm(double width_mm, double height_mm) const {
    int across = addressBits(m_config.bank.columns);
    int along = addressBits(m_config.bank.rows);
    double length = width_mm / 2;  // from the edge to the middle
    for (double branches = 1; across > 0 || along > 0;) {
      if (across-- > 0) {
        length += branches * width_mm / 2;
        width_mm /= 2;
        branches *= 2;
      }
      if (along-- > 0) {
        length += branches * height_mm / 2;
        height_mm /= 2;
        branches *= 2;
      }
    }
    return length;
  }

  // Every bit of word and address switches once a transfer. A read sends the address in and the word out. Wires run
  // over the mats; only repeaters take area.
  void route() {
    if (m_array.mats == 1) return;
    const double width_mm = m_config.bank.columns * m_mat_width_um * 1e-3;
    const double height_mm = m_config.bank.rows * m_mat_height_um * 1e-3;
    m_array.path_mm = width_mm / 2 + width_mm / 2 * (1 - 1.0 / m_config.bank.columns) +
                      height_mm / 2 * (1 - 1.0 / m_config.bank.rows);
    const Wire global = wire(m_config.global_layer, m_config.process_nm, m_config.global_quality);
    const double address = addressBits(m_array.rows) + addressBits(m_array.subarrays);
    const double wires = m_config.word_bits + address;
    const double path_um = m_array.path_mm * 1e3;
    RepeatedWire line;
    double delay_ns = 0;
    if (m_config.repeaters) {
      line = repeatedWire(global, m_cmos, m_config.repeater_penalty);
      delay_ns = line.ns_per_mm * m_array.path_mm;
    } else {
      const GateChain driver = driveChain(m_cmos, {path_um * global.ff_per_um, m_cmos.minimum_ff()});
      line.ff_per_um = driver.switched_ff / path_um;
      delay_ns = driver.delay_ps * 1e-3 + lineDelay_ns(0, path_um * global.ohm_per_um, path_um * global.ff_per_um);
    }
    const double energy_pj = switched_pj(wires * path_um * line.ff_per_um, Supply_v);
    const double repeaters_um = wires * treeLength_mm(width_mm, height_mm) * 1e3 * line.repeater_um_per_um;
    part(NvsimPart::Routing) = {
        2 * delay_ns, delay_ns, energy_pj, energy_pj, repeaters_um * m_cmos.pitch_um(), m_cmos.leakage_w(repeaters_um)};
  }

  NvsimCell m_cell;
  const NvsimConfig &m_config;
  Transistors m_cmos;
  Wire m_local;
  double m_feature_um;
  double m_cellWidth_um = 0;
  double m_cellHeight_um = 0;
  double m_mat_width_um = 0;
  double m_mat_height_um = 0;
  int m_matSubarrays = 1;
  Subarray m_sub;
  NvsimArray m_array;
};

}  // namespace

NvsimCell atNode(NvsimCell c, double node_nm) {
  if (c.process_nm <= 0 || c.process_nm == node_nm) return c;
  const double factor = c.process_nm / node_nm;
  c.process_nm = node_nm;
  c.on_ohm *= factor * factor;
  c.off_ohm *= factor * factor;
  c.set_ua /= factor;
  c.reset_ua /= factor;
  return c;
}

double nvsimWrite_pj(const NvsimCell &c) {
  return (cell_pj(c.set_mode, c.set_pj, c.set_ua, c.set_v, c.set_ns, c.on_ohm) +
          cell_pj(c.reset_mode, c.reset_pj, c.reset_ua, c.reset_v, c.reset_ns, c.on_ohm)) /
         2;
}

NvsimCost NvsimArray::total() const {
  NvsimCost sum;
  for (const NvsimCost &p : parts) {
    sum.read_ns += p.read_ns;
    sum.write_ns += p.write_ns;
    sum.read_pj += p.read_pj;
    sum.write_pj += p.write_pj;
    sum.area_um2 += p.area_um2;
    sum.leakage_w += p.leakage_w;
  }
  return sum;
}

NvsimArray nvsimArray(const NvsimCell &cell, const NvsimConfig &config) { return Model(cell, config).build(); }

}  // namespace pimento
