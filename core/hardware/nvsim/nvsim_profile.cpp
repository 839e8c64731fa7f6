// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_profile.h"

#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "core/hardware/nvsim/nvsim_cells.h"
#include "core/hardware/nvsim/nvsim_columns.h"
#include "core/hardware/nvsim/nvsim_subarray.h"
#include "core/hardware/profile/junction.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/scaling/supply.h"

namespace pimento {

namespace {

constexpr int MostShared = 64;        // columns of an amplifier
constexpr double NoTransistor_f = 1;  // stands in for a diode or nothing, which a profile has no parameter for

// Columns that share an amplifier so that it fits below them and the word line is not asked for more than a driver
// carries: a power of two.
int sharedColumns(const NvsimCell &cell, const NvsimConfig &config) {
  const NvsimTechnology t = nvsimTechnology(config.process_nm, config.roadmap, config.temperature_k);
  const double width_f = std::sqrt(cell.area_f2 / cell.aspect);
  const double most_ua = config.widest_f * t.feature_um * t.n_on_ua_per_um;
  const double columns = config.word_bits * config.mux_sense;
  int shared = 1;
  while (shared < MostShared && (width_f * shared <= NvsimLeastPitch_f * (1 + 1e-9) ||
                                 nvsimWriteCurrents(cell, config.rows(), columns, columns / shared).word_ua > most_ua))
    shared *= 2;
  return shared;
}

NvsimConfig shared(NvsimConfig config, const NvsimCell &cell) {
  const double columns = config.word_bits * config.mux_sense;
  config.mux_sense = sharedColumns(cell, config);
  config.word_bits = columns / config.mux_sense;
  return config;
}

// Puts values in, each with the file as its source.
class Applied {
 public:
  Applied(Accelerator &a, const QString &source) : m_a(a), m_source(source) {}
  void set(const char *key, double value) {
    const QString name = QString::fromLatin1(key);
    const Parameter &p = requireParameter(name, m_source);
    const double held = std::clamp(value, p.minimum, p.maximum);
    if (held != value)
      m_notes << QStringLiteral("%1 is %2, a profile holds %3").arg(name, fourDigits(value), fourDigits(held));
    p.put(m_a, held);
    m_a.sources.insert(name, m_source);
  }
  // Geometry is not changed silently: validate() refuses it.
  void setExactly(const char *key, double value) {
    requireParameter(QString::fromLatin1(key), m_source).put(m_a, value);
    m_a.sources.insert(QString::fromLatin1(key), m_source);
  }
  void writeBy(WriteModel model) {
    m_a.device.write_model = model;
    m_a.sources.insert(QStringLiteral("write_model"), m_source);
  }
  void note(const QString &text) { m_notes << text; }
  [[nodiscard]] QStringList notes() const { return m_notes; }

 private:
  Accelerator &m_a;
  QString m_source;
  QStringList m_notes;
};

void applyDevice(Applied &to, const NvsimCell &cell, double vdd_v) {
  const bool both = cell.access != NvsimAccess::Cmos && cell.type != NvsimPcram;
  const double pulse_ns = both ? cell.set_ns + cell.reset_ns : std::max(cell.set_ns, cell.reset_ns);
  to.writeBy(WriteModel::Fixed);
  to.set("write_pulse_ns", pulse_ns);
  to.set("write_supply_v", vdd_v);
  to.set("fixed_write_current_ua", nvsimWrite(cell, vdd_v).dearer_pj() * 1e3 / (vdd_v * pulse_ns));
}

void applySensing(Applied &to, const NvsimCell &cell, const NvsimConfig &config, double vdd_v) {
  const double read_ua = nvsimRead_ua(cell, vdd_v);
  to.set("parallel_resistance_ohm", cell.on_ohm);
  to.set("tmr_pct", (cell.off_ohm / cell.on_ohm - 1) * 100);
  to.set("sense_current_ua", read_ua);
  if (cell.access_drop_v > 0 && read_ua > 0) to.set("access_ohm", cell.access_drop_v / read_ua * 1e6);
  to.set("nvsim_roadmap", static_cast<double>(config.roadmap));
  to.set("nvsim_sensing", cell.read_mode);
  to.set("nvsim_read_v", cell.read_v);
  const double sense_uw = cell.read_uw > 0 ? cell.read_uw : cell.access_drop_v >= cell.read_v ? read_ua * vdd_v : 0;
  to.set("nvsim_read_power_uw", sense_uw);
  to.set("nvsim_min_sense_mv", cell.min_sense_mv);
  to.set("nvsim_access_drop_v", cell.access_drop_v);
  to.set("nvsim_access_width_f", cell.access == NvsimAccess::Cmos ? cell.access_width_f : NoTransistor_f);
  if (cell.access != NvsimAccess::Cmos)
    to.note(QStringLiteral("the cell has no transistor; outside of pimento array it is priced with one of 1 F"));
  if (cell.read_pj > 0 && cell.read_uw == 0)
    to.note(QStringLiteral("ReadEnergy counts in pimento array; elsewhere a read costs what its current draws"));
}

}  // namespace

NvsimCell nvsimCell(const Accelerator &a, const DeviceState &device) {
  const double feature_um = Reference_nm * 1e-3;  // that the sizes are given at
  NvsimCell c;
  c.process_nm = a.array.feature_nm;
  c.area_f2 = a.array.cell_width_um * a.array.cell_height_um / (feature_um * feature_um);
  c.aspect = a.array.cell_height_um / a.array.cell_width_um;
  c.on_ohm = parallelResistance_ohm(a);
  c.off_ohm = c.on_ohm * (1 + a.sensing.tmr_pct / 100);
  c.read_mode = a.sensing.nvsim_sensing == NvsimSensing::Voltage ? NvsimVoltage : NvsimCurrent;
  c.read_v = a.sensing.nvsim_read_v;
  c.read_ua = a.sensing.sense_current_ua;
  c.read_uw = a.sensing.nvsim_read_power_uw;
  c.min_sense_mv = a.sensing.nvsim_min_sense_mv;
  c.access_drop_v = a.sensing.nvsim_access_drop_v;
  c.access_width_f = a.sensing.nvsim_access_width_f;
  c.set_pj = c.reset_pj = device.write_fj * 1e-3;
  c.set_ns = c.reset_ns = device.write_pulse_ns;
  // What the select transistors are sized for; the widest carries no more.
  const NvsimTechnology t = nvsimTechnology(c.process_nm, a.sensing.nvsim_roadmap, NvsimHottest_k);
  c.set_ua = c.reset_ua = std::min(device.write_current_ua, NvsimConfig{}.widest_f * t.feature_um * t.n_on_ua_per_um);
  return c;
}

NvsimConfig nvsimConfig(const Accelerator &a) {
  NvsimConfig c;
  c.process_nm = a.array.feature_nm;
  c.temperature_k = std::clamp(a.device.temperature_k, NvsimColdest_k, NvsimHottest_k);
  c.roadmap = a.sensing.nvsim_roadmap;
  c.word_bits = a.array.columns;
  c.capacity_bytes = double(a.array.rows) * a.array.columns / 8;
  return shared(c, nvsimCell(a, {}));
}

NvsimConfig nvsimConfigAround(const NvsimCell &cell, const Accelerator &a) {
  NvsimConfig c = nvsimConfig(a);
  if (cell.process_nm > 0) c.process_nm = cell.process_nm;
  const NvsimRoadmap own = c.roadmap;
  for (const NvsimRoadmap roadmap : {own, NvsimRoadmap::Lop, NvsimRoadmap::Hp, own}) {
    c.roadmap = roadmap;
    const NvsimGates gates(nvsimTechnology(c.process_nm, roadmap, c.temperature_k));
    if (nvsimLevels(gates, atNode(cell, c.process_nm)).told(cell.min_sense_mv * 1e-3)) break;
  }
  return shared(c, cell);
}

NvsimConfig withSubarray(const NvsimConfig &config, int rows, int columns) {
  NvsimConfig c = config;
  c.word_bits = config.word_bits * columns / config.columns();
  c.capacity_bytes = config.capacity_bytes / config.rows() / config.columns() * rows * columns;
  return c;
}

QStringList applyNvsim(Accelerator &a, const NvsimCell &given, const NvsimConfig &config, const QString &source) {
  const NvsimArray memory = nvsimArray(given, config);
  const NvsimCell cell = suppliedCell(atNode(given, config.process_nm), memory.vdd_v);
  const double feature_um = Reference_nm * 1e-3;
  const double shrunk = config.process_nm / Reference_nm;
  Applied to(a, source);
  if (config.temperature_k != std::clamp(a.device.temperature_k, NvsimColdest_k, NvsimHottest_k))
    to.set("temperature_k", config.temperature_k);
  if (isResistive(cell)) {
    applyDevice(to, cell, memory.vdd_v);
    applySensing(to, cell, config, memory.vdd_v);
  } else {
    to.note(QStringLiteral(
        "read and write are its own; AND2 and what else a sub-array does are those of the profile's cell"));
  }
  to.setExactly("rows", config.rows());
  to.setExactly("columns", config.columns());
  to.setExactly("feature_nm", config.process_nm);
  to.set("vdd_v", memory.vdd_v);
  to.set("cell_width_um", std::sqrt(cell.area_f2 / cell.aspect) * feature_um);
  to.set("cell_height_um", std::sqrt(cell.area_f2 * cell.aspect) * feature_um);
  // Lines of the layer, or as narrow as the cell asks for.
  const double narrow_f = std::min(std::sqrt(cell.area_f2 / cell.aspect), std::sqrt(cell.area_f2 * cell.aspect));
  to.set("line_width_nm", std::min(lineWidth_f(config.local_layer), narrow_f / 2 * (1 - 1e-9)) * Reference_nm);
  to.set("sense_line_ff_per_cell", memory.bitLine_ff / memory.rows / shrunk);
  to.set("write_line_ff_per_cell", memory.bitLine_ff / memory.rows / shrunk);
  to.set("read_word_line_ff_per_cell", memory.wordLine_ff / memory.columns / shrunk);
  to.set("write_word_line_ff_per_cell", memory.wordLine_ff / memory.columns / shrunk);
  to.set("write_columns", config.columns());
  return to.notes();
}

}  // namespace pimento
