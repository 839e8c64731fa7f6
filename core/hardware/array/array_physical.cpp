// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/hardware/array/array_models.h"
#include "core/hardware/array/decoder.h"
#include "core/hardware/sense/sense_cells.h"

namespace pimento {

namespace {

constexpr double LineAspect = 2;              // FreePDK45: metal 2 and 3, 140 nm thick at 70 nm
constexpr double Wire_ff_per_um = 0.2;        // ITRS 2007, interconnect: 1.8-2.0 pF/cm at 45 nm
constexpr double PrechargeTimeConstants = 3;  // a sensed line falls to 5 %
constexpr double LargestPrecharge_f = 200;    // assumption: width of a column's precharge transistor, at most
constexpr double MuxWidth_f = 12;             // assumption: a multiplexer's transistor, at the resistance of an access
constexpr double OnOverSwitching = 1.99;      // CACTI 5.1: switching resistance is 1.99 V / I
constexpr double DriverStrength = 2;          // a write driver carries at least twice its current
constexpr double GateShareOfArea = 0.5;       // assumption: half of a circuit's area is gates at a pitch of 4 F

struct Lines {
  double word_ohm;
  double readWord_ff;
  double writeWord_ff;
  double bit_ohm;
  double sense_ff;
  double write_ff;
};

class Model {
 public:
  Model(ArrayTable &table, const OperatingPoint &a)
      : m_table(table),
        m_a(a.array),
        m_sensing(a.sensing),
        m_device(a.device),
        m_columns(a.array.columns + a.array.spare_columns),
        m_cmos(peripheryTransistors(a)) {
    const double line_ohm_per_um = lineOhm_per_um(m_a.line_width_nm, LineAspect);
    m_wire = {line_ohm_per_um, Wire_ff_per_um};
    m_lines.word_ohm = m_columns * m_a.cell_width_um * line_ohm_per_um;
    m_lines.readWord_ff = m_columns * m_a.read_word_line_ff_per_cell;
    m_lines.writeWord_ff = m_columns * m_a.write_word_line_ff_per_cell;
    m_lines.bit_ohm = m_a.rows * m_a.cell_height_um * line_ohm_per_um;
    m_lines.sense_ff = m_a.rows * m_a.sense_line_ff_per_cell;
    m_lines.write_ff = m_a.rows * m_a.write_line_ff_per_cell;
    m_read = decoder(m_lines.readWord_ff);
    m_write = decoder(m_lines.writeWord_ff);
    sizePrecharge();
  }

  void build() {
    for (std::size_t op = 0; op < SenseOpCount; ++op)
      m_table.senses[op] =
          sense(m_sensing, static_cast<SenseOp>(op), m_lines.sense_ff, m_a.vdd_v, m_device.temperature_k);
    m_table.sense_steps = m_a.column_mux;
    priceSense(RowOp::Read, SenseOp::Read, 1);
    priceSense(RowOp::And2, SenseOp::And2, 2);
    priceWrite();
    checkHeadroom();
    measure();
  }

 private:
  using Parts = std::array<OperationCost, RowPartCount>;
  Parts &parts(RowOp op) { return m_table.parts[static_cast<std::size_t>(op)]; }
  static OperationCost &at(Parts &p, RowPart part) { return p[static_cast<std::size_t>(part)]; }

  DecoderCost decoder(double word_ff) const {
    return decoderCost({m_a.rows, m_a.cell_height_um, word_ff, m_lines.word_ohm, 1, 1}, m_cmos, m_wire);
  }

  GateChain columnLine(double gates_ff) const {
    return driveChain(m_cmos, {m_columns * m_a.cell_width_um * Wire_ff_per_um + gates_ff, m_cmos.minimum_ff()});
  }

  // A transistor that brings the sensed line back while the next address is decoded, as wide as that asks for; what of
  // the precharge is left then takes time of its own.
  void sizePrecharge() {
    const double time_ns = m_read.predecode_ns + m_read.row_ns;
    const double ohm = time_ns * 1e6 / (PrechargeTimeConstants * m_lines.sense_ff) - m_lines.bit_ohm / 2;
    m_precharge_um = LargestPrecharge_f * m_a.feature_nm * 1e-3;
    if (ohm > 0 && m_cmos.ohm_um / ohm < m_precharge_um) {
      m_precharge_um = m_cmos.ohm_um / ohm;
      return;
    }
    const double reached_ohm = m_cmos.ohm_um / m_precharge_um + m_lines.bit_ohm / 2;
    m_precharge_ns = PrechargeTimeConstants * reached_ohm * m_lines.sense_ff * 1e-6 - time_ns;
  }

  // The word line stays up while the columns of a multiplexer are sensed one after another; energy of a sense is paid
  // once a column. The reference branch has as much of the line as the cell, so its drop shifts both alike.
  void priceSense(RowOp op, SenseOp senseOp, int openRows) {
    const SenseCost &cost = m_table.at(senseOp);
    const double steps = m_a.column_mux;
    Parts &p = parts(op);
    at(p, RowPart::Decode) = {m_read.predecode_ns, openRows * m_read.predecode_pj, 0};
    at(p, RowPart::WordLine) = {m_read.row_ns, openRows * m_read.row_pj, 0};
    const GateChain precharge = columnLine(m_columns / steps * m_precharge_um * m_cmos.gate_ff_per_um);
    at(p, RowPart::Precharge) = {m_precharge_ns, steps * switched_pj(precharge.switched_ff, m_a.vdd_v), 0};
    at(p, RowPart::BitLine).latency_ns = steps * lineDelay_ns(0, m_lines.bit_ohm, m_lines.sense_ff);
    at(p, RowPart::Sense) = {steps * cost.settle_ns, 0, cost.energy_fj * 1e-3};
    if (m_a.column_mux == 1) return;
    const double gate_ff = MuxWidth_f * m_a.feature_nm * 1e-3 * m_cmos.gate_ff_per_um;
    const GateChain select = columnLine(m_columns / steps * gate_ff);
    at(p, RowPart::Multiplexer) = {(steps - 1) * select.delay_ps * 1e-3,
                                   steps * switched_pj(select.switched_ff, m_a.vdd_v), 0};
  }

  double on_ua_per_um() const { return OnOverSwitching * m_a.vdd_v / m_cmos.ohm_um * 1e6; }

  // As wide as the driver's area holds, and at least what its current asks for.
  double driverWidth_um() const {
    const double held_um = GateShareOfArea * m_a.write_driver_um2 / m_cmos.pitch_um() / (1 + m_cmos.p_over_n);
    return std::max(held_um, DriverStrength * m_table.device.write_current_ua / on_ua_per_um());
  }

  // The word line is raised once; the columns are written in steps, each charging its lines to the write supply.
  void priceWrite() {
    const double steps = m_table.write_steps;
    const double driver_ohm = m_cmos.ohm_um / driverWidth_um();
    const double driver_ff = driverWidth_um() * (1 + m_cmos.p_over_n) * m_cmos.gate_ff_per_um;
    const GateChain chain = driveChain(m_cmos, {driver_ff, m_cmos.minimum_ff()});
    Parts &p = parts(RowOp::Write);
    at(p, RowPart::Decode) = {m_write.predecode_ns, m_write.predecode_pj, 0};
    at(p, RowPart::WordLine) = {m_write.row_ns, m_write.row_pj, 0};
    at(p, RowPart::BitLine) = {
        steps * (chain.delay_ps * 1e-3 + lineDelay_ns(driver_ohm, m_lines.bit_ohm, m_lines.write_ff)), 0,
        switched_pj(chain.switched_ff, m_a.vdd_v) + switched_pj(m_lines.write_ff, m_device.write_supply_v)};
    at(p, RowPart::WritePulse) = {steps * m_table.device.write_ns, 0, m_table.device.write_fj * 1e-3};
  }

  void checkHeadroom() {
    const SenseCost &read = m_table.at(SenseOp::Read);
    const double high_ohm = SenseCell(m_sensing).highBranch_ohm() + m_lines.bit_ohm;
    m_table.sense_headroom_v =
        m_a.vdd_v - std::min(m_sensing.sense_current_ua * high_ohm * 1e-6, m_sensing.sense_clamp_mv * 1e-3);
    m_table.disturb = readDisturb(m_device, m_sensing.tmr_pct, m_sensing.sense_current_ua, read.settle_ns);
    const double drop_ohm = m_table.device.metal_ohm * m_device.heavy_metal_current_share + m_lines.bit_ohm;
    m_table.write_headroom_v = m_device.write_supply_v - m_table.device.write_current_ua * drop_ohm * 1e-6;
    m_table.write_carried_ua = m_a.write_transistor_um * on_ua_per_um();
  }

  void book(ArrayPart part, double um2, double width_um) {
    m_table.area_um2[static_cast<std::size_t>(part)] = um2;
    m_table.leakage_w[static_cast<std::size_t>(part)] = m_cmos.leakage_w(width_um);
  }

  void bookByArea(ArrayPart part, double um2) { book(part, um2, GateShareOfArea * um2 / m_cmos.pitch_um()); }

  void measure() {
    const double amplifiers = m_columns / m_a.column_mux;
    const double decoder_um =
        m_a.rows * (m_read.row_um + m_write.row_um) + std::max(m_read.predecode_um, m_write.predecode_um);
    book(ArrayPart::Cells, m_a.cell_width_um * m_a.cell_height_um * m_a.rows * m_columns, 0);
    m_table.leakage_w[static_cast<std::size_t>(ArrayPart::Cells)] = m_a.cell_leakage_pw * 1e-12 * m_a.rows * m_columns;
    bookByArea(ArrayPart::SenseAmplifiers, m_a.sense_amplifier_um2 * amplifiers);
    bookByArea(ArrayPart::WriteDrivers, m_a.write_driver_um2 * m_columns);
    bookByArea(ArrayPart::ColumnMux, m_a.column_mux_um2 * m_columns);
    const double precharge_um = m_columns * m_precharge_um;
    book(ArrayPart::Precharge, precharge_um * m_cmos.pitch_um(), precharge_um);
    book(ArrayPart::RowDecoder, decoder_um * m_cmos.pitch_um(), decoder_um);
  }

  ArrayTable &m_table;
  const Array &m_a;
  const Sensing &m_sensing;
  const Device &m_device;
  double m_columns;  // with the spare ones
  Transistors m_cmos;
  Wire m_wire;
  Lines m_lines{};
  DecoderCost m_read;
  DecoderCost m_write;
  double m_precharge_um = 0;
  double m_precharge_ns = 0;
};

}  // namespace

void buildPhysicalArray(ArrayTable &table, const OperatingPoint &at) { Model(table, at).build(); }

}  // namespace pimento
