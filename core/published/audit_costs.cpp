// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

constexpr int OperandBits = 8;  // the precision that point 4 is judged at
constexpr double BitsPerMegabit = 1024.0 * 1024.0;
constexpr double PicoPerMicro = 1e6;
constexpr double NanoPerMicro = 1e3;

// The ten rows of Tables I and III, column by column.
struct PrintedCosts {
  std::vector<double> gpuTime, pimTime, gpuPower, pimPower, macs, params;

  explicit PrintedCosts(const Reader &read) {
    for (const DecoModule &module : decoModules()) {
      gpuTime.push_back(read.value("deco-table3", module.row, "gpu_time_us"));
      pimTime.push_back(read.value("deco-table3", module.row, "pim_time_us"));
      gpuPower.push_back(read.value("deco-table3", module.row, "gpu_power_w"));
      pimPower.push_back(read.value("deco-table3", module.row, "pim_power_w"));
      macs.push_back(read.value("deco-table1", module.row, "total_macs"));
      params.push_back(read.value("deco-table1", module.row, "total_params"));
    }
  }
};

std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b) {
  std::vector<double> result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] / b[i]);
  return result;
}

std::vector<double> logs(std::vector<double> values) {
  for (double &value : values) value = std::log(value);
  return values;
}

const DecoModule &largest(const std::vector<double> &values) {
  return decoModules()[static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin())];
}

const DecoModule &smallest(const std::vector<double> &values) {
  return decoModules()[static_cast<std::size_t>(std::min_element(values.begin(), values.end()) - values.begin())];
}

// Table III's GPU time of a module is Table I's inference time; or else its module size in kB.
void auditGpuTime(Claims &claims, const Reader &read, const DecoModule &module) {
  const QString printed = read.text("deco-table3", module.row, "gpu_time_us");
  const double time = read.value("deco-table1", module.row, "inference_time_ms", 3);
  const double size = read.value("deco-table1", module.row, "module_size_mb", 3);
  const bool isTime = agreesAsPrinted(printed, time);
  const bool isSize = agreesAsPrinted(printed, size);
  claims.push_back({module.id == QStringLiteral("mobilenetv1-cm1") ? QStringLiteral("deco-1.time")
                                                                   : QStringLiteral("deco-time.") + module.id,
                    QStringLiteral("%1: the GPU time is the inference time of Table I").arg(module.row),
                    printed + QStringLiteral(" µs"), exactNumber(time) + QStringLiteral(" µs"), verdictOf(isTime),
                    QStringLiteral("DECO, Table III, ") + module.row,
                    !isTime && isSize ? QStringLiteral("The cell equals the module size of Table I, %1 MB.")
                                            .arg(read.text("deco-table1", module.row, "module_size_mb"))
                                      : QStringLiteral("Rounded or cut to the printed digits.")});
}

// MobileNetV1 CM4: a smaller module has a smaller size; where Table I's "size" exceeds that of the larger CM3, time and
// size changed places, and Table III's time was taken from the wrong cell.
void auditTransposedTime(Claims &claims, const Reader &read) {
  const QString row = QStringLiteral("MobileNetV1 CM4");
  const QString larger = QStringLiteral("MobileNetV1 CM3");
  const double size = read.value("deco-table1", row, "module_size_mb");
  const double largerSize = read.value("deco-table1", larger, "module_size_mb");
  const bool fewerParameters =
      read.value("deco-table1", row, "total_params") < read.value("deco-table1", larger, "total_params");
  const bool transposed = fewerParameters && size > largerSize;
  const double time = read.value("deco-table1", row, transposed ? "module_size_mb" : "inference_time_ms", 3);
  const QString printed = read.text("deco-table3", row, "gpu_time_us");
  claims.push_back(
      {QStringLiteral("deco-2.time"), QStringLiteral("MobileNetV1 CM4: the GPU time is a time"),
       printed + QStringLiteral(" µs"), exactNumber(time) + QStringLiteral(" µs"),
       verdictOf(agreesAsPrinted(printed, time)), QStringLiteral("DECO, Table III, ") + row,
       QStringLiteral("Table I prints %1 MB for CM4 and %2 MB for the larger CM3. %3")
           .arg(read.text("deco-table1", row, "module_size_mb"), read.text("deco-table1", larger, "module_size_mb"),
                transposed ? QStringLiteral("So CM4's time and size are transposed, and Table III takes the "
                                            "transposed cell.")
                           : QStringLiteral("The sizes are in order."))});
}

void auditSpeedUp(Claims &claims, const Reader &read) {
  const QString row = QStringLiteral("MobileNetV1 CM1");
  const QString stated = read.factText("deco-speedup");
  const double pim = read.value("deco-table3", row, "pim_time_us");
  const auto add = [&](const char *id, const char *basis, double gpu, const QString &explanation) {
    claims.push_back({QString::fromLatin1(id),
                      QStringLiteral("MobileNetV1 CM1 runs %1 times faster than on the GPU, by the GPU time of %2")
                          .arg(stated, QLatin1String(basis)),
                      stated + QStringLiteral("x"), fourDigits(gpu / pim) + QStringLiteral("x"),
                      verdictOf(agreesAsPrinted(stated, gpu / pim)), read.place("deco-speedup"),
                      explanation.arg(exactNumber(gpu), exactNumber(pim))});
  };
  add("deco-speedup.table3", "Table III", read.value("deco-table3", row, "gpu_time_us"),
      QStringLiteral("%1 µs / %2 µs, both of Table III."));
  add("deco-1.speedup", "Table I", read.value("deco-table1", row, "inference_time_ms", 3),
      QStringLiteral("%1 µs (Table I) / %2 µs (Table III)."));
}

// "Up to n orders of magnitude": the largest ratio has n whole decades.
void auditOrders(Claims &claims, const Reader &read, const char *fact, const char *id, const char *claim,
                 const std::vector<double> &ratio) {
  const double most = *std::max_element(ratio.begin(), ratio.end());
  claims.push_back({QString::fromLatin1(id), QString::fromLatin1(claim),
                    QStringLiteral("10^%1").arg(read.factText(fact)), fourDigits(most) + QStringLiteral("x"),
                    verdictOf(std::floor(std::log10(most)) == read.fact(fact)), read.place(fact),
                    QStringLiteral("The largest ratio of Table III is that of %1.").arg(largest(ratio).row)});
}

QString correlations(const std::vector<double> &values, const PrintedCosts &costs,
                     double (*measure)(const std::vector<double> &, const std::vector<double> &)) {
  const auto text = [&](const std::vector<double> &other) { return QString::number(measure(values, other), 'f', 3); };
  return QStringLiteral("%1 with GPU time, %2 with MACs, %3 with parameters")
      .arg(text(costs.gpuTime), text(costs.macs), text(costs.params));
}

double logCorrelation(const std::vector<double> &a, const std::vector<double> &b) {
  return correlation(logs(a), logs(b));
}

void auditOrigin(Claims &claims, const PrintedCosts &costs) {
  const QString source = QStringLiteral("DECO, Tables I and III, and section IV-A");
  const QString simulated = QStringLiteral("a simulator of the accelerator's operation");
  const QString rule = QStringLiteral(
      "Over the ten rows, cells that are wrong by themselves included: what follows from the work goes with MACs or "
      "parameters at least as closely as with the GPU time.");
  const auto followsWork = [&](const std::vector<double> &values, auto measure) {
    const double gpu = measure(values, costs.gpuTime);
    return gpu <= measure(values, costs.macs) || gpu <= measure(values, costs.params);
  };
  claims.push_back({QStringLiteral("deco-4.time"), QStringLiteral("PIM time follows from the work of a module"),
                    simulated,
                    QStringLiteral("rank correlation ") + correlations(costs.pimTime, costs, rankCorrelation),
                    verdictOf(followsWork(costs.pimTime, rankCorrelation)), source, rule});
  claims.push_back({QStringLiteral("deco-4.power"), QStringLiteral("PIM power follows from the work of a module"),
                    simulated, QStringLiteral("log-log r ") + correlations(costs.pimPower, costs, logCorrelation),
                    verdictOf(followsWork(costs.pimPower, logCorrelation)), source, rule});
}

// Bit-wise MACs at one precision cost the same in every module, but for the columns that a row leaves idle: at most as
// many times more as a row has columns.
void auditEnergyPerMac(Claims &claims, const Reader &read, const PrintedCosts &costs) {
  std::vector<double> energy_pj;
  for (std::size_t i = 0; i < costs.macs.size(); ++i)
    energy_pj.push_back(costs.pimPower[i] * costs.pimTime[i] * PicoPerMicro / costs.macs[i]);
  const double low = *std::min_element(energy_pj.begin(), energy_pj.end());
  const double high = *std::max_element(energy_pj.begin(), energy_pj.end());
  const double columns = read.fact("deco-subarray-columns");
  claims.push_back({QStringLiteral("deco-4.energy-per-mac"), QStringLiteral("Energy per MAC is that of one array"),
                    QStringLiteral("within %1x (columns of a sub-array)").arg(columns),
                    QStringLiteral("%1 to %2 pJ: %3x").arg(fourDigits(low), fourDigits(high), fourDigits(high / low)),
                    verdictOf(high / low <= columns), QStringLiteral("DECO, Tables I and III"),
                    QStringLiteral("Power x time / MACs, from %1 to %2. Idle columns explain a factor of %3 at most.")
                        .arg(smallest(energy_pj).row, largest(energy_pj).row)
                        .arg(columns)});
}

double columnsOf(const Reader &read, const char *capacity, const char *rows) {
  return read.fact(capacity) * BitsPerMegabit / read.fact(rows);
}

void auditCycles(Claims &claims, const Reader &read) {
  const QString row = QStringLiteral("VGG16 CM1");
  const double ands = read.value("deco-table1", row, "total_macs") * OperandBits * OperandBits;
  const double cycles = std::floor(ands / columnsOf(read, "deco-capacity", "deco-subarray-rows"));
  const double time = read.value("deco-table3", row, "pim_time_us");
  const double cycle_ns = time * NanoPerMicro / cycles;
  claims.push_back(
      {QStringLiteral("deco-4.cycles"),
       QStringLiteral("VGG16 CM1 at %1x%1 bits runs in the printed time on the stated array").arg(OperandBits),
       QStringLiteral("%1 µs").arg(exactNumber(time)),
       QStringLiteral("%1 full-chip AND cycles of %2 ns")
           .arg(grouped(static_cast<qint64>(cycles)), fourDigits(cycle_ns)),
       verdictOf(cycle_ns >= read.fact("nvsim-subarray-read")),
       QStringLiteral("DECO, Tables I and III, section IV-A; ") + read.place("nvsim-subarray-read"),
       QStringLiteral(
           "All columns of the chip in every cycle and everything else free. A row of such a sub-array takes "
           "%1 ns to read.")
           .arg(read.factText("nvsim-subarray-read"))});
}

// One array in both papers.
void auditArray(Claims &claims, const Reader &read) {
  const auto subarrays = [&](const char *capacity, const char *rows, const char *columns) {
    return read.fact(capacity) * BitsPerMegabit / read.fact(rows) / read.fact(columns);
  };
  const double deco = subarrays("deco-capacity", "deco-subarray-rows", "deco-subarray-columns");
  const double dynamic = subarrays("dynamic-capacity", "dynamic-subarray-rows", "dynamic-subarray-columns");
  claims.push_back({QStringLiteral("array.size"),
                    QStringLiteral("Both papers describe one array, a whole number of sub-arrays"),
                    QStringLiteral("%1 Mb in %2x%3")
                        .arg(read.factText("deco-capacity"), read.factText("deco-subarray-rows"),
                             read.factText("deco-subarray-columns")),
                    QStringLiteral("%1 sub-arrays, %2 columns")
                        .arg(grouped(static_cast<qint64>(deco)),
                             grouped(static_cast<qint64>(columnsOf(read, "deco-capacity", "deco-subarray-rows")))),
                    verdictOf(deco == dynamic && deco == std::floor(deco)),
                    read.place("deco-capacity") + QStringLiteral("; ") + read.place("dynamic-capacity"),
                    QStringLiteral("512 Mb = 512 x 2^20 bits.")});
}

void auditGpuPower(Claims &claims, const Reader &read, const PrintedCosts &costs) {
  const double stated = read.fact("deco-gpu-power") * read.fact("deco-gpu-cards");
  const bool same = std::all_of(costs.gpuPower.begin(), costs.gpuPower.end(), [&](double p) { return p == stated; });
  claims.push_back(
      {QStringLiteral("deco-gpu-power.table3"), QStringLiteral("The GPU power of every row is twice the datasheet's"),
       exactNumber(stated) + QStringLiteral(" W"), exactNumber(mean(costs.gpuPower)) + QStringLiteral(" W"),
       verdictOf(same), read.place("deco-gpu-power"),
       QStringLiteral("A datasheet figure for two cards, not a measurement: it does not depend on the module.")});
}

// "As the number of MACs increases, … reduced inference time": more MACs go with less time.
void auditMonotony(Claims &claims, const PrintedCosts &costs, const char *network, std::size_t first) {
  const auto heads = [&](const std::vector<double> &column) {
    return std::vector<double>(column.begin() + static_cast<std::ptrdiff_t>(first),
                               column.begin() + static_cast<std::ptrdiff_t>(first + 4));
  };
  const double rank = rankCorrelation(heads(costs.macs), heads(costs.pimTime));
  claims.push_back({QStringLiteral("deco-7.%1").arg(QString::fromLatin1(network).toLower()),
                    QStringLiteral("%1 CM1 to CM4: more MACs take less time").arg(QLatin1String(network)),
                    QStringLiteral("rank correlation below 0"),
                    QStringLiteral("rank correlation %1").arg(QString::number(rank, 'f', 3)), verdictOf(rank < 0),
                    QStringLiteral("DECO, section IV-C, Tables I and III"),
                    QStringLiteral("Of MACs and PIM time: 1 when more MACs always take more time.")});
}

// What Table III does not print has to be derived.
void auditPrintedColumns(Claims &claims, const Reader &read) {
  QStringList found;
  for (const PaperTable &table : read.tables().tables)
    for (const QString &column : table.cells.header)
      if (column.contains(QStringLiteral("energy")) || column.contains(QStringLiteral("area")))
        found << table.place + QStringLiteral(" ") + column;
  claims.push_back({QStringLiteral("deco-13.energy"), QStringLiteral("No table prints energy or area"),
                    QStringLiteral("0 columns"), QStringLiteral("%1 columns").arg(found.size()),
                    verdictOf(found.isEmpty()), QStringLiteral("DECO and dynamic-network paper, all tables"),
                    found.isEmpty() ? QStringLiteral("So energy is derived: power x time. Area per module is absent.")
                                    : found.join(QStringLiteral(", "))});
}

}  // namespace

void auditCosts(Claims &claims, const PaperTables &tables) {
  const Reader read(tables);
  const PrintedCosts costs(read);
  for (const DecoModule &module : decoModules()) auditGpuTime(claims, read, module);
  auditTransposedTime(claims, read);
  auditSpeedUp(claims, read);
  auditOrders(claims, read, "deco-speed-orders", "deco-speedup.orders",
              "PIM is faster than the GPU by up to two orders of magnitude", ratios(costs.gpuTime, costs.pimTime));
  auditOrders(claims, read, "deco-power-orders", "deco-power.orders",
              "PIM takes less power than the GPU by up to four orders of magnitude",
              ratios(costs.gpuPower, costs.pimPower));
  auditGpuPower(claims, read, costs);
  auditOrigin(claims, costs);
  auditEnergyPerMac(claims, read, costs);
  auditCycles(claims, read);
  auditArray(claims, read);
  auditMonotony(claims, costs, "VGG16", 1);
  auditMonotony(claims, costs, "MobileNetV1", 6);
  auditPrintedColumns(claims, read);
}

}  // namespace pimento
