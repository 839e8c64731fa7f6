// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_array.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/array/decoder.h"
#include "core/hardware/nvsim/nvsim_cells.h"
#include "core/hardware/nvsim/nvsim_subarray.h"
#include "core/hardware/nvsim/nvsim_tree.h"

namespace pimento {

namespace {

// Predecoders of a mat, in its middle: those of the rows drive half of its sides, those of the column multiplexers
// reach beyond the first two sub-arrays.
struct Predecoders {
  double delay_ns = 0;
  double slope_per_ns = NvsimStep_per_ns;  // that the rows see
  double energy_pj = 0;
  double leakage_w = 0;
  double area_um2 = 0;
};

Predecoders predecodersOf(const NvsimGates &gates, const NvsimWire &wire, const NvsimSubarray &sub,
                          const NvsimConfig &c) {
  Predecoders all;
  const auto add = [&](int choices, double load_ff, bool rows) {
    const NvsimSplit split = nvsimSplit(addressBits(choices));
    for (const int bits : {split.first, split.second}) {
      const NvsimPredecoder block(gates, bits, load_ff, c.widest_f);
      const NvsimEdge edge = block.edge(NvsimStep_per_ns);
      all.delay_ns = std::max(all.delay_ns, edge.delay_ns);
      if (rows) all.slope_per_ns = std::min(all.slope_per_ns, edge.slope_per_ns);
      all.energy_pj += block.energy_pj();
      all.leakage_w += block.leakage_w();
      all.area_um2 += block.area_um2();
    }
  };
  const auto sides_ff = [&](double alongs, double acrosses) {
    return (sub.height_um() * alongs + sub.width_um() * acrosses) / 2 * wire.ff_per_um;
  };
  add(c.rows(), sides_ff(c.mat.rows, c.mat.columns), true);
  const double mux_ff = sides_ff(std::max(0, c.mat.rows - 2), std::max(0, c.mat.columns - 2));
  for (const double inputs : {c.mux_sense, c.mux_output1, c.mux_output2}) add(int(inputs), mux_ff, false);
  return all;
}

class Booking {
 public:
  Booking(NvsimArray &array, const NvsimConfig &config)
      : m_array(array),
        m_all(array.subarrays),
        m_mats(config.bank.activeRows * config.bank.activeColumns),
        m_active(m_mats * config.mat.activeRows * config.mat.activeColumns) {}

  void predecoders(const Predecoders &p, double area_um2) {
    part(NvsimPart::Predecoder) = {p.delay_ns,           p.delay_ns, m_mats * p.energy_pj,
                                   m_mats * p.energy_pj, area_um2,   m_array.mats * p.leakage_w};
  }

  // Times follow one another: what waits beside a longer part is booked with the part that is waited for.
  void subarrays(const NvsimSubarray &s, const NvsimSubarrayCost &c) {
    const double decoders_um2 =
        s.width_um() * s.height_um() - s.cells_um2() - s.amplifiers_um2() - s.multiplexers_um2() - s.precharge_um2();
    part(NvsimPart::RowDecoder) = {
        c.row_ns, c.row_ns, m_active * c.row_pj, m_active * c.row_pj, m_all * decoders_um2, m_all * c.row_w};
    part(NvsimPart::MuxDecoder) = {std::max(c.column_ns - c.row_ns, 0.0) + c.mux_ns,
                                   0,
                                   m_active * (c.select_pj + c.mux_pj),
                                   m_active * (c.select_pj + c.muxWrite_pj),
                                   m_all * s.multiplexers_um2(),
                                   m_all * c.select_w};
    part(NvsimPart::BitLine) = {c.bit_ns,
                                c.write_ns - c.row_ns - c.pulse_ns,
                                m_active * c.bitRead_pj,
                                m_active * c.bitWrite_pj,
                                m_all * s.cells_um2(),
                                m_all * c.cells_w};
    part(NvsimPart::SenseAmplifier) = {c.sense_ns,       0, m_active * c.sense_pj, 0, m_all * s.amplifiers_um2(),
                                       m_all * c.sense_w};
    part(NvsimPart::Precharge) = {0, 0, m_active * c.precharge_pj, 0, m_all * s.precharge_um2(), m_all * c.precharge_w};
    part(NvsimPart::Pulse).write_ns = c.pulse_ns;
  }

  void tree(const NvsimTree &t) {
    part(NvsimPart::Routing) = {
        2 * t.delay_ns, t.delay_ns, t.energy_pj, t.energy_pj, t.width_um * t.height_um - m_array.mats * m_array.mat_um2,
        t.leakage_w};
  }

 private:
  NvsimCost &part(NvsimPart p) { return m_array.parts[static_cast<std::size_t>(p)]; }
  NvsimArray &m_array;
  double m_all;
  double m_mats;
  double m_active;
};

}  // namespace

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

NvsimArray nvsimArray(const NvsimCell &given, const NvsimConfig &c) {
  const NvsimGates gates(nvsimTechnology(c.process_nm, c.roadmap, c.temperature_k));
  const NvsimCell cell = suppliedCell(atNode(given, c.process_nm), gates.technology().vdd_v);
  const NvsimWire local = nvsimWire(c.local_layer, c.local_quality, c.process_nm, c.temperature_k);
  const NvsimSubarray sub(gates, local, cell, c);
  const Predecoders predecoders = predecodersOf(gates, local, sub, c);
  const NvsimSubarrayCost cost = sub.cost(predecoders.slope_per_ns);
  NvsimBox mat{sub.width_um() * c.mat.columns, sub.height_um() * c.mat.rows};
  (mat.width_um > mat.height_um ? mat.width_um : mat.height_um) += std::sqrt(predecoders.area_um2);
  NvsimArray a;
  a.rows = c.rows();
  a.columns = c.columns();
  a.mats = c.bank.rows * c.bank.columns;
  a.subarrays = a.mats * c.mat.rows * c.mat.columns;
  a.vdd_v = gates.technology().vdd_v;
  a.subarray_um2 = sub.width_um() * sub.height_um();
  a.mat_um2 = mat.width_um * mat.height_um;
  a.bitLine_ohm = sub.bitLine().ohm;
  a.bitLine_ff = sub.bitLine().ff;
  a.wordLine_ohm = sub.wordLine_ohm();
  a.wordLine_ff = sub.wordLine_ff();
  a.precharge_ns = cost.precharge_ns;
  Booking book(a, c);
  book.predecoders(predecoders, a.mats * a.mat_um2 - a.subarrays * a.subarray_um2);
  book.subarrays(sub, cost);
  if (a.mats == 1) return a;
  const NvsimWire global = nvsimWire(c.global_layer, c.global_quality, c.process_nm, c.temperature_k);
  const NvsimTree tree =
      nvsimTree(c.repeaters ? NvsimLongWire(gates, global, c.repeater_penalty) : NvsimLongWire(gates, global), mat, c);
  a.path_mm = tree.path_um * 1e-3;
  book.tree(tree);
  return a;
}

}  // namespace pimento
