// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate_report.h"

namespace pimento {

namespace {

QStringList names(std::initializer_list<const char *> list) {
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
                          qint64{cost.replicas},
                          cost.subarrays > 0 ? Cell{cost.utilisation} : Cell{},
                          sum(cost.energy_pj) * 1e-6,
                          cost.latency_ns * 1e-3,
                          yes(cost.capped),
                          memory_bytes(work, 32),
                          memory_bytes(work, bits.weights)};
  for (const double pj : cost.energy_pj) cells.push_back(pj * 1e-6);
  return cells;
}

// Component reports share these columns: what, group, energy, area, leakage, share, note.
void addEnergy(ReportTable &table, const Totals &totals) {
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    const ComponentInfo &component = components()[c];
    table.rows.push_back({QString::fromLatin1(component.title), QStringLiteral("energy"), totals.energy_pj[c] * 1e-6,
                          Cell{}, Cell{}, 100 * totals.energy_pj[c] / sum(totals.energy_pj),
                          component.published ? QStringLiteral("one of the paper's four regions; ") +
                                                    QString::fromLatin1(component.meaning)
                                              : QString::fromLatin1(component.meaning)});
  }
  table.rows.push_back({QStringLiteral("total"), QStringLiteral("energy"), totals.energy_uj(), Cell{}, Cell{}, 100.0,
                        QStringLiteral("one inference")});
}

void addArea(ReportTable &table, const Machine &machine, const Totals &totals) {
  const auto all = static_cast<double>(machine.chip.subarrays);
  const auto used = static_cast<double>(totals.usedSubarrays);
  const double chip = machine.chip.area_mm2();
  const double perSubarray = machine.array.totalArea_um2() * 1e-6;
  const auto row = [&](const QString &name, double area, double leakage, const QString &note) {
    table.rows.push_back({name, QStringLiteral("area"), Cell{}, area, leakage, 100 * area / chip, note});
  };
  const QString chipNote = QStringLiteral("whole chip, everything on");
  for (std::size_t part = 0; part < ArrayPartCount; ++part)
    row(QString::fromLatin1(ArrayPartNames[part]), all * machine.array.area_um2[part] * 1e-6,
        all * machine.array.leakage_w[part], chipNote);
  row(QStringLiteral("wiring"), all * (machine.chip.subarray_mm2 - perSubarray), 0, chipNote);
  row(QStringLiteral("DPU"), machine.chip.dpu_mm2, machine.chip.dpu_leakage_w, chipNote);
  row(QStringLiteral("total"), chip, machine.chip.leakage_w(), chipNote);
  row(QStringLiteral("used"), totals.area_mm2, used * machine.chip.subarray_leakage_w + machine.chip.dpu_leakage_w,
      QStringLiteral("%1 of %2 sub-arrays, replicas among them").arg(totals.usedSubarrays).arg(machine.chip.subarrays));
}

void addOverhead(ReportTable &table, const Machine &machine) {
  const AreaOverhead o = areaOverhead(machine.array);
  const QString base = QStringLiteral(
                           "per cent of a plain sub-array of %1 µm² (cells, amplifiers, drivers, multiplexer, "
                           "decoder; no wiring)")
                           .arg(o.base_um2, 0, 'f', 0);
  const auto row = [&](const char *name, double pct, const QString &note) {
    table.rows.push_back({QString::fromLatin1(name), QStringLiteral("area overhead"), Cell{},
                          pct / 100 * o.base_um2 * 1e-6 * static_cast<double>(machine.chip.subarrays), Cell{}, pct,
                          note});
  };
  row("sense-amplifier add-ons", o.sense_pct, base);
  row("row decoder", o.decoder_pct, base);
  row("control with counter and shifter", o.control_pct, base);
  if (o.registers_pct > 0) row("column registers (latched)", o.registers_pct, base);
  row("total", o.total_pct(), base);
  table.rows.push_back({QStringLiteral("published total"), QStringLiteral("area overhead"), Cell{}, Cell{}, Cell{},
                        PublishedOverhead_pct,
                        QStringLiteral("published: dynamic-network paper; its slices are not in its text")});
}

}  // namespace

ReportTable layerReport(const NetworkSpec &network, const Variant &variant, const Accelerator &accelerator, Bits bits,
                        Part part) {
  validate(accelerator, accelerator.name);
  const auto works = workOf(network, variant);
  const Estimate result = estimate(works, buildMachine(accelerator), bits, part);
  ReportTable table;
  table.columns =
      names({"network", "variant", "bits", "layer", "type", "module", "macs", "row_operations", "subarrays", "replicas",
             "utilisation", "energy_uj", "latency_us", "capped", "memory_fp32_bytes", "memory_bytes"});
  for (const ComponentInfo &component : components()) table.columns << QString::fromLatin1(component.key);
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
  const Totals totals = estimateTotals(workOf(network, variant), machine, bits, part);
  ReportTable table;
  table.columns = names({"component", "group", "energy_uj", "area_mm2", "leakage_w", "share_pct", "note"});
  addEnergy(table, totals);
  addArea(table, machine, totals);
  addOverhead(table, machine);
  std::vector<std::vector<Cell>> rows;
  for (auto &row : table.rows) {
    std::vector<Cell> cells{network.name, variant.name};
    cells.insert(cells.end(), row.begin(), row.end());
    rows.push_back(std::move(cells));
  }
  table.rows = std::move(rows);
  table.columns = names({"network", "variant"}) + table.columns;
  return table;
}

}  // namespace pimento
