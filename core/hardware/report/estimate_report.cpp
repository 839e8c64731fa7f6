// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/report/estimate_report.h"

#include <cmath>
#include <numeric>
#include <optional>

#include "core/base/format.h"
#include "core/hardware/report/array_report.h"

namespace pimento {

namespace {

QStringList columnNames(std::initializer_list<const char *> list) {
  QStringList out;
  for (const char *name : list) out << QString::fromLatin1(name);
  return out;
}

QString bitsText(Bits bits) { return QStringLiteral("%1:%2").arg(bits.weights).arg(bits.activations); }

QString yes(bool value) { return value ? QStringLiteral("yes") : QStringLiteral("no"); }

std::vector<Cell> layerCells(const NetworkSpec &network, const LayerWork &work, const LayerCost &cost, Bits bits) {
  const Layer &layer = network.layers[work.layer];
  std::vector<Cell> cells{layer.name,
                          opName(layer.op),
                          layer.module,
                          qint64{work.macs},
                          cost.rowOperations,
                          qint64{cost.subarrays},
                          cost.replicas,
                          cost.subarrays > 0 ? Cell{100 * cost.utilisation} : Cell{},
                          sum(cost.energy_pj) * 1e-6,
                          cost.latency_ns * 1e-3,
                          yes(cost.capped),
                          memory_bytes(work, 32),
                          memory_bytes(work, bits.weights),
                          kindName(Kind::Estimated)};
  for (const double pj : cost.energy_pj) cells.push_back(pj * 1e-6);
  const double single_mm2 = cost.replicas > 0 ? cost.area_mm2 / cost.replicas : 0;
  const auto last = {cost.area_mm2, cost.rowWrites, cost.reloadRows, cost.reloadBits, single_mm2};
  cells.push_back(qint64{cost.passes});
  for (const double value : last) cells.push_back(value);
  return cells;
}

// A row of the component report; what does not apply to it stays absent.
struct Line {
  QString component;
  QString group;
  std::optional<double> energy_uj;
  std::optional<double> area_mm2;
  std::optional<double> leakage_w;
  std::optional<double> memory_mb;
  std::optional<double> share_pct;
  QString shareOf;  // what share_pct is 100 % of
  std::optional<double> latency_us;
  std::optional<double> images_per_s;
  Kind kind = Kind::Estimated;
  QString note;
};

const QString OneInference = QStringLiteral("energy of one inference");
const QString PlainSubarrays = QStringLiteral("plain sub-arrays");
const QString FullPrecision = QStringLiteral("memory at full precision");

Cell numberCell(const std::optional<double> &value) { return value ? Cell{*value} : Cell{}; }

class ComponentLines {
 public:
  // `toggled`: the same with idle_gating the other way.
  ComponentLines(const Accelerator &accelerator, const Machine &machine, const Totals &totals, const Totals &toggled)
      : m_accelerator(accelerator), m_machine(machine), m_totals(totals), m_toggled(toggled) {}

  std::vector<Line> all(std::span<const LayerWork> works, Bits bits) {
    addEnergy();
    addArea();
    addLeakage();
    addOverhead();
    addMemory(works, bits);
    addThroughput();
    addPruning();
    addReload();
    addWear();
    addRetention();
    return std::move(m_lines);
  }

 private:
  void addEnergy();
  void addArea();
  void addLeakage();
  void addOverhead();
  void addMemory(std::span<const LayerWork> works, Bits bits);
  void addThroughput();
  void addPruning();
  void addReload();
  void addWear();
  void addRetention();

  const Accelerator &m_accelerator;
  const Machine &m_machine;
  const Totals &m_totals;
  const Totals &m_toggled;
  std::vector<Line> m_lines;
};

void ComponentLines::addEnergy() {
  const double total = sum(m_totals.energy_pj);
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    const ComponentInfo &component = components()[c];
    const QString region = component.published ? QStringLiteral("one of the paper's four regions: ") : QString();
    m_lines.push_back({.component = QString::fromLatin1(component.title),
                       .group = QStringLiteral("energy"),
                       .energy_uj = m_totals.energy_pj[c] * 1e-6,
                       .share_pct = 100 * m_totals.energy_pj[c] / total,
                       .shareOf = OneInference,
                       .note = region + QString::fromLatin1(component.meaning)});
  }
  m_lines.push_back({.component = QStringLiteral("total"),
                     .group = QStringLiteral("energy"),
                     .energy_uj = m_totals.energy_uj(),
                     .share_pct = 100,
                     .shareOf = OneInference,
                     .note = QStringLiteral("the components above")});
}

void ComponentLines::addArea() {
  const auto all = static_cast<double>(m_machine.chip.subarrays);
  const double chip = m_machine.chip.area_mm2();
  const auto add = [&](const QString &name, double area, double leakage, const QString &note) {
    m_lines.push_back({.component = name,
                       .group = QStringLiteral("area"),
                       .area_mm2 = area,
                       .leakage_w = leakage,
                       .share_pct = 100 * area / chip,
                       .shareOf = QStringLiteral("area of the chip"),
                       .note = note});
  };
  const QString whole = QStringLiteral("whole chip, everything on");
  for (std::size_t part = 0; part < ArrayPartCount; ++part)
    add(QString::fromLatin1(ArrayPartNames[part]), all * m_machine.array.area_um2[part] * 1e-6,
        all * m_machine.array.leakage_w[part],
        whole + QStringLiteral("; leakage: ") + leakageBasis(m_accelerator, static_cast<ArrayPart>(part)));
  const double perSubarray = m_machine.array.totalArea_um2() * 1e-6;
  add(QStringLiteral("wiring"), all * (m_machine.chip.subarray_mm2 - perSubarray), 0, whole);
  add(QStringLiteral("DPU"), m_machine.chip.dpu_mm2, m_machine.chip.dpu_leakage_w, whole);
  add(QStringLiteral("total"), chip, m_machine.chip.leakage_w(), whole);
  const auto banks = static_cast<double>(m_totals.bankSubarrays);
  add(QStringLiteral("image and kernel banks"), banks * m_machine.chip.subarray_mm2,
      banks * m_machine.chip.subarray_leakage_w,
      QStringLiteral("%1 sub-arrays as plain memory, always on").arg(m_totals.bankSubarrays));
  const double used = m_totals.usedSubarrays + static_cast<double>(m_totals.bankSubarrays);
  add(QStringLiteral("used"), m_totals.area_mm2,
      used * m_machine.chip.subarray_leakage_w + m_machine.chip.dpu_leakage_w,
      QStringLiteral("%1 of %2 sub-arrays, replicas and banks among them")
          .arg(std::llround(std::ceil(used)))
          .arg(m_machine.chip.subarrays));
}

// The two processes that leakage is of, since nearly all of it is of one.
void ComponentLines::addLeakage() {
  const auto all = static_cast<double>(m_machine.chip.subarrays);
  const auto &parts = m_machine.array.leakage_w;
  const auto first = parts.begin() + static_cast<int>(ArrayPart::SenseAddOn);
  const double logic = all * std::accumulate(first, parts.end(), 0.0) + m_machine.chip.dpu_leakage_w;
  const auto add = [&](const QString &name, double watt, const QString &note) {
    m_lines.push_back({.component = name,
                       .group = QStringLiteral("leakage"),
                       .leakage_w = watt,
                       .share_pct = 100 * watt / m_machine.chip.leakage_w(),
                       .shareOf = QStringLiteral("leakage of the chip, everything on"),
                       .note = note});
  };
  add(QStringLiteral("cells and periphery"), all * std::accumulate(parts.begin(), first, 0.0),
      QStringLiteral("low standby power, by transistor width: off_current_pa_per_um = %1")
          .arg(fourDigits(m_accelerator.array.off_current_pa_per_um)));
  add(QStringLiteral("added logic and DPU"), logic,
      QStringLiteral("general purpose, by area: logic_leakage_nw_per_um2 = %1; about 0.028 in the periphery's process, "
                     "whose logic would also be slower")
          .arg(fourDigits(m_accelerator.array.logic_leakage_nw_per_um2)));
}

void ComponentLines::addOverhead() {
  const AreaOverhead o = areaOverhead(m_machine.array);
  const QString base =
      QStringLiteral(
          "all %1 sub-arrays of the chip; a plain one has %2 µm² (cells, amplifiers, drivers, multiplexer, "
          "decoder)")
          .arg(m_machine.chip.subarrays)
          .arg(o.base_um2, 0, 'f', 0);
  const double chip_mm2 = o.base_um2 * 1e-6 * static_cast<double>(m_machine.chip.subarrays);
  const auto add = [&](const char *name, double pct) {
    m_lines.push_back({.component = QString::fromLatin1(name),
                       .group = QStringLiteral("area overhead"),
                       .area_mm2 = pct / 100 * chip_mm2,
                       .share_pct = pct,
                       .shareOf = PlainSubarrays,
                       .note = base});
  };
  add("sense-amplifier add-ons", o.sense_pct);
  add("row decoder", o.decoder_pct);
  add("control with counter and shifter", o.control_pct);
  if (o.registers_pct > 0) add("column registers (latched)", o.registers_pct);
  if (o.mat_pct > 0) add("expander and requantisers at the mat", o.mat_pct);
  add("total", o.total_pct());
  m_lines.push_back({.component = QStringLiteral("published total"),
                     .group = QStringLiteral("area overhead"),
                     .share_pct = PublishedOverhead_pct,
                     .shareOf = PlainSubarrays,
                     .kind = Kind::Published,
                     .note = QStringLiteral("dynamic-network paper; its slices are not in its text")});
}

void ComponentLines::addMemory(std::span<const LayerWork> works, Bits bits) {
  double full = 0;
  for (const LayerWork &work : works) full += memory_bytes(work, 32) * 1e-6;
  m_lines.push_back({.component = QStringLiteral("full precision"),
                     .group = QStringLiteral("memory"),
                     .memory_mb = full,
                     .share_pct = 100,
                     .shareOf = FullPrecision,
                     .kind = Kind::Derived,
                     .note = QStringLiteral("all parameters as 32-bit words")});
  m_lines.push_back(
      {.component = QStringLiteral("quantised"),
       .group = QStringLiteral("memory"),
       .memory_mb = m_totals.memory_bytes * 1e-6,
       .share_pct = 100 * m_totals.memory_bytes * 1e-6 / full,
       .shareOf = FullPrecision,
       .kind = Kind::Derived,
       .note = QStringLiteral("weights at %1 bits, biases and batch-norm words at 32").arg(bits.weights)});
}

void ComponentLines::addThroughput() {
  const auto add = [&](const char *name, double ns, const QString &note) {
    m_lines.push_back({.component = QString::fromLatin1(name),
                       .group = QStringLiteral("throughput"),
                       .latency_us = ns * 1e-3,
                       .images_per_s = 1e9 / ns,
                       .note = note});
  };
  add("first image", m_totals.latency_ns, QStringLiteral("an image that has the chip for itself"));
  add("from image to image", m_totals.interval_ns,
      QStringLiteral("batch = %1 images in flight").arg(m_machine.schedule.batch));
}

// Adaptive sub-array pruning: with and without, whichever is on.
void ComponentLines::addPruning() {
  const bool on = m_machine.schedule.idle_gating == Toggle::On;
  const Totals &with = on ? m_totals : m_toggled;
  const Totals &without = on ? m_toggled : m_totals;
  const auto add = [&](const char *name, const Totals &t, const QString &note) {
    m_lines.push_back({.component = QString::fromLatin1(name),
                       .group = QStringLiteral("sub-array pruning"),
                       .energy_uj = t.energy_uj(),
                       .leakage_w = t.idle_w,
                       .share_pct = 100 * t.energy_uj() / without.energy_uj(),
                       .shareOf = QStringLiteral("energy of one inference without pruning"),
                       .latency_us = t.latency_us(),
                       .images_per_s = t.images_per_s(),
                       .note = note});
  };
  add("without", without, QStringLiteral("idle_gating = off: sub-arrays stay on"));
  add("with", with,
      QStringLiteral("idle_gating = on: sub-arrays without work keep %1 % of their leakage; waking one takes %2 ns and "
                     "%3 pJ")
          .arg(fourDigits(m_machine.parameters.gated_leakage_pct), fourDigits(m_machine.parameters.wake_ns),
               fourDigits(m_machine.parameters.wake_pj)));
}

void ComponentLines::addReload() {
  if (m_totals.reloadShare <= 0) return;
  m_lines.push_back({.component = QStringLiteral("weights that do not fit"),
                     .group = QStringLiteral("reload"),
                     .energy_uj = m_totals.energy_pj[index(Component::Reload)] * 1e-6,
                     .share_pct = 100 * m_totals.reloadShare,
                     .shareOf = QStringLiteral("weights of the network"),
                     .latency_us = m_totals.busy_ns[index(Component::Reload)] * 1e-3,
                     .note = QStringLiteral("%1 bits fetched and %2 rows written for every image")
                                 .arg(fourDigits(m_totals.reloadBits), fourDigits(m_totals.reloadRows))});
}

void ComponentLines::addWear() {
  const auto days = [&](double cycles) {
    return m_totals.rowWrites > 0 ? fourDigits(lifetime_s(m_totals, cycles) / 86400) : QStringLiteral("no limit of");
  };
  m_lines.push_back(
      {.component = QStringLiteral("busiest row"),
       .group = QStringLiteral("wear"),
       .note = QStringLiteral("%1 writes an inference; in continuous use it lasts %2 days at the profile's "
                              "%3 writes a cell, %4 at 1e12 and %5 at 1e15")
                   .arg(fourDigits(m_totals.rowWrites), days(m_accelerator.device.endurance_cycles),
                        fourDigits(m_accelerator.device.endurance_cycles), days(1e12), days(1e15))});
}

void ComponentLines::addRetention() {
  const DeviceState &device = m_machine.array.device;
  const double flips = flipsPerDay(device, m_accelerator.chip.bits());
  m_lines.push_back({.component = QStringLiteral("cells"),
                     .group = QStringLiteral("retention"),
                     .note = QStringLiteral("thermal stability %1 at %2 K: %3 flips a day in %4 Mbit")
                                 .arg(fourDigits(device.stability), fourDigits(m_accelerator.device.temperature_k),
                                      fourDigits(flips), fourDigits(m_accelerator.chip.capacity_mbit))});
}

}  // namespace

ReportTable layerReport(const NetworkSpec &network, const Variant &variant, const Accelerator &accelerator, Bits bits,
                        Part part) {
  validate(accelerator, accelerator.name);
  const auto works = workOf(network, variant, accelerator.schedule.layout);
  const Estimate result = estimate(works, buildMachine(accelerator), bits, part);
  ReportTable table;
  table.columns = columnNames({"network", "variant", "bits", "layer", "type", "module", "macs", "row_operations",
                               "subarrays", "replicas", "utilisation_pct", "energy_uj", "latency_us", "capped",
                               "memory_fp32_bytes", "memory_bytes", "kind"});
  for (const ComponentInfo &component : components()) table.columns << QString::fromLatin1(component.key);
  table.columns += columnNames({"passes", "area_mm2", "row_writes", "reload_rows", "reload_bits", "area_single_mm2"});
  std::size_t next = 0;
  for (const LayerWork &work : works) {
    if (part == Part::Head && !work.head) continue;
    std::vector<Cell> cells{network.name, variant.name, bitsText(bits)};
    for (Cell &cell : layerCells(network, work, result.layers[next++], bits)) cells.push_back(std::move(cell));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

ReportTable componentReport(const NetworkSpec &network, const Variant &variant, const Accelerator &accelerator,
                            Bits bits, Part part) {
  validate(accelerator, accelerator.name);
  const Machine machine = buildMachine(accelerator);
  std::vector<LayerWork> works = workOf(network, variant, accelerator.schedule.layout);
  const Totals totals = estimateTotals(works, machine, bits, part);
  Accelerator other = accelerator;
  other.schedule.idle_gating = accelerator.schedule.idle_gating == Toggle::On ? Toggle::Off : Toggle::On;
  const Totals toggled = estimateTotals(works, buildMachine(other), bits, part);
  if (part == Part::Head) std::erase_if(works, [](const LayerWork &w) { return !w.head; });
  ReportTable table;
  table.columns = columnNames({"network", "variant", "component", "group", "energy_uj", "area_mm2", "leakage_w",
                               "memory_mb", "share_pct", "share_of", "kind", "note", "latency_us", "images_per_s"});
  for (const Line &line : ComponentLines(accelerator, machine, totals, toggled).all(works, bits))
    table.rows.push_back({network.name, variant.name, line.component, line.group, numberCell(line.energy_uj),
                          numberCell(line.area_mm2), numberCell(line.leakage_w), numberCell(line.memory_mb),
                          numberCell(line.share_pct), line.shareOf.isEmpty() ? Cell{} : Cell{line.shareOf},
                          kindName(line.kind), line.note, numberCell(line.latency_us), numberCell(line.images_per_s)});
  return table;
}

}  // namespace pimento
