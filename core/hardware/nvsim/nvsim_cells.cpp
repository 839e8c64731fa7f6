// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_cells.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

constexpr double PcramShaper = 0.2;  // efficiency, NVSim 6334d00: SHAPER_EFFICIENCY_CONSERVATIVE

struct Pulse {
  int mode;
  double pj, volt, ua, ns, ohm;
};

double pulse_pj(const Pulse &p, double drop_v, double vdd_v) {
  if (p.pj > 0) return p.pj;
  if (p.mode == NvsimCurrent) return (p.volt > 0 ? p.volt : vdd_v) * p.ua * p.ns * 1e-3;
  return p.volt * (p.volt - drop_v) / p.ohm * p.ns * 1e3;
}

}  // namespace

NvsimCell atNode(NvsimCell c, double node_nm) {
  if (c.process_nm <= 0 || c.process_nm == node_nm) return c;
  const double factor = c.process_nm / node_nm;
  c.process_nm = node_nm;
  if (c.type != NvsimMram && c.type != NvsimPcram) return c;
  const double resistance = c.type == NvsimMram ? factor * factor : factor;
  c.on_ohm *= resistance;
  c.off_ohm *= resistance;
  const auto scale = [&](int mode, double &ua, double &volt) {
    if (mode == NvsimCurrent)
      ua /= factor;
    else if (c.type == NvsimMram && volt != NvsimSupply)
      volt *= factor;
  };
  scale(c.set_mode, c.set_ua, c.set_v);
  scale(c.reset_mode, c.reset_ua, c.reset_v);
  return c;
}

NvsimCell suppliedCell(NvsimCell c, double vdd_v) {
  for (double *volt : {&c.set_v, &c.reset_v})
    if (*volt == NvsimSupply) *volt = vdd_v;
  return c;
}

NvsimWrite nvsimWrite(const NvsimCell &c, double vdd_v) {
  const bool bare = c.type == NvsimMemristor && c.access == NvsimAccess::None;
  const auto ohm = [&](double atVoltage_ohm) { return bare && atVoltage_ohm > 0 ? atVoltage_ohm : c.on_ohm; };
  NvsimWrite write;
  write.efficiency = c.type == NvsimPcram ? PcramShaper : 1;
  write.set_pj =
      pulse_pj({c.set_mode, c.set_pj, c.set_v, c.set_ua, c.set_ns, ohm(c.set_on_ohm)}, c.access_drop_v, vdd_v) /
      write.efficiency;
  write.reset_pj = pulse_pj({c.reset_mode, c.reset_pj, c.reset_v, c.reset_ua, c.reset_ns, ohm(c.reset_on_ohm)},
                            c.access_drop_v, vdd_v) /
                   write.efficiency;
  return write;
}

NvsimCurrents nvsimWriteCurrents(const NvsimCell &c, double rows, double columns, double written) {
  if (!isResistive(c)) return {};
  if (c.access == NvsimAccess::Cmos) return {0, std::max(c.reset_ua, c.set_ua) + c.leakage_ua * (rows - 1)};
  const double ua = c.reset_ua > 0 ? c.reset_ua : (c.reset_v - c.access_drop_v) / c.reset_on_ohm * 1e6;
  const double half_ua = c.access == NvsimAccess::None ? ua * c.reset_on_ohm / 2 / c.half_reset_ohm : c.leakage_ua;
  return {ua * written + half_ua * (columns - written), ua + half_ua * (rows - 1)};
}

double nvsimRead_ua(const NvsimCell &c, double vdd_v) {
  if (c.read_uw > 0) return c.read_uw / vdd_v;
  if (c.read_mode == NvsimVoltage && c.read_v == 0) return c.read_ua;
  // A selector that would take all of the read voltage (DESTINY's sample) has its drop in the resistance.
  const double cell_v = c.access_drop_v < c.read_v ? c.read_v - c.access_drop_v : c.read_v;
  if (c.read_v == 0) return c.read_ua;
  const double serial_ohm = c.read_mode == NvsimVoltage ? std::sqrt(c.on_ohm * c.off_ohm) : 0;
  return cell_v / (c.on_ohm + serial_ohm) * 1e6;
}

double nvsimRead_uw(const NvsimCell &c, double vdd_v) { return nvsimRead_ua(c, vdd_v) * vdd_v; }

}  // namespace pimento
