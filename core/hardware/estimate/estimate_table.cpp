// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate_table.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/estimate/findings.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

QString wordOf(const Accelerator &accelerator, const char *key) {
  const Parameter &p = requireParameter(QString::fromLatin1(key), QString());
  return valueText(p, accelerator);
}

// "; read_time_factor 2.4 by silicon: chiu-2022, dong-2018, …" for every factor in use.
QString calibrationSources(const Accelerator &accelerator) {
  QString text;
  for (const char *key : {"read_energy_factor", "read_time_factor", "area_factor"}) {
    const Parameter &p = requireParameter(QString::fromLatin1(key), QString());
    if (p.get(accelerator) != 1)
      text += QStringLiteral("; %1 %2 by %3")
                  .arg(QLatin1String(key), fourDigits(p.get(accelerator)), sourceOf(accelerator, p));
  }
  return text;
}

QString energyFormula(const Totals &totals) {
  QStringList parts;
  for (std::size_t c = 0; c < ComponentCount; ++c)
    if (totals.energy_pj[c] > 0)
      parts << QStringLiteral("%1 %2").arg(QString::fromLatin1(components()[c].title),
                                           fourDigits(totals.energy_pj[c] * 1e-6));
  return parts.join(QStringLiteral(" + ")) + QStringLiteral(" µJ");
}

QString latencyFormula(const Totals &totals, const Schedule &schedule) {
  const QString phases =
      schedule.overlap == Overlap::Pipelined ? QStringLiteral("longest phase") : QStringLiteral("sum of phases");
  return QStringLiteral("sum over %1 layers of the %2; the %3 W cap binds in %4 of them")
      .arg(totals.layers)
      .arg(phases, fourDigits(schedule.power_cap_w))
      .arg(totals.cappedLayers);
}

// The machine with every calibrated factor at one end of its prediction interval.
Machine machineAtEnd(const Accelerator &accelerator, double power) {
  Accelerator a = accelerator;
  CalibrationFactors &f = a.calibration;
  f.read_energy_factor *= std::pow(f.read_energy_spread, power);
  f.read_time_factor *= std::pow(f.read_time_spread, power);
  f.area_factor *= std::pow(f.area_spread, power);
  return buildMachine(a);
}

bool hasIntervals(const CalibrationFactors &f) {
  return f.read_energy_spread > 1 || f.read_time_spread > 1 || f.area_spread > 1;
}

// Everything that the rows of one table share.
struct Context {
  DesignTable &table;
  const NetworkSpec &network;
  const Accelerator &accelerator;
  const Machine &machine;
  Bits bits;
  const EstimateOptions &options;
  QString source;
  QString hash;
  std::vector<Machine> ends;  // of the calibration's intervals, low and high; empty without one

  DesignKey key(const Variant &variant, Scope scope) const {
    DesignKey k;
    k.network = table.intern(network.name);
    k.variant = table.intern(variant.name);
    k.bitsWeights = static_cast<std::uint8_t>(bits.weights);
    k.bitsActivations = static_cast<std::uint8_t>(bits.activations);
    k.scope = scope;
    return k;
  }
  void set(std::uint32_t row, Metric metric, double value, const Provenance &from) const {
    table.set(row, metric, value, table.intern(from));
  }
};

// Macs, parameters, bit ANDs and memory: properties of the network, whatever runs it.
void setCounts(const Context &c, std::uint32_t row, std::span<const LayerWork> works, Bits bits) {
  double macs = 0;
  double params = 0;
  double bytes = 0;
  for (const LayerWork &w : works) {
    macs += static_cast<double>(w.macs);
    params += static_cast<double>(w.weights + w.words);
    bytes += memory_bytes(w, bits.weights);
  }
  const QString source = QStringLiteral("counted from the layers of %1").arg(c.network.name);
  c.set(row, Metric::Macs, macs, {Kind::Derived, source, {}, {}});
  c.set(row, Metric::Params, params, {Kind::Derived, source, {}, {}});
  c.set(row, Metric::BitAnds, macs * bits.weights * bits.activations,
        {Kind::Derived, source, QStringLiteral("MACs x %1 x %2").arg(bits.weights).arg(bits.activations), {}});
  c.set(row, Metric::Memory, bytes * 1e-6,
        {Kind::Derived,
         source,
         QStringLiteral("weights x %1 bit + biases and batch-norm words x 32 bit").arg(bits.weights),
         {}});
}

// An estimate at the factors and at both ends of their intervals.
struct Spread {
  const Totals &middle;
  std::vector<Totals> ends;

  [[nodiscard]] Provenance with(Provenance from, double (*of)(const Totals &)) const {
    if (ends.empty()) return from;
    const double value = of(middle);
    Interval interval{value, value};
    for (const Totals &end : ends) {
      interval.low = std::min(interval.low, of(end));
      interval.high = std::max(interval.high, of(end));
    }
    from.interval = interval;
    from.formula += QStringLiteral("; 90 % prediction interval of the calibration %1 to %2")
                        .arg(fourDigits(interval.low), fourDigits(interval.high));
    return from;
  }
};

void setEstimate(const Context &c, std::uint32_t row, const Spread &spread) {
  const Totals &t = spread.middle;
  const std::vector<Finding> found = findings(t, c.accelerator, c.machine);
  const QStringList warnings = warningTexts(found);
  if (const Judgement judgement = judge(found); judgement.validity != Validity::Valid)
    c.table.setValidity(row, judgement.validity, judgement.reason + QStringLiteral("; ") + profileText(c.accelerator));
  const auto from = [&](const QString &formula) { return Provenance{Kind::Estimated, c.source, formula, warnings}; };
  c.set(row, Metric::Energy, t.energy_uj(),
        spread.with(from(energyFormula(t)), [](const Totals &totals) { return totals.energy_uj(); }));
  c.set(row, Metric::Latency, t.latency_us(),
        spread.with(from(latencyFormula(t, c.accelerator.schedule)),
                    [](const Totals &totals) { return totals.latency_us(); }));
  c.set(row, Metric::Power, t.power_w(),
        spread.with(
            from(QStringLiteral("%1 µJ / %2 µs").arg(fourDigits(t.energy_uj()), fourDigits(t.interval_ns * 1e-3))),
            [](const Totals &totals) { return totals.power_w(); }));
  c.set(row, Metric::Area, t.area_mm2,
        spread.with(from(QStringLiteral("%1 sub-arrays and %2 of banks x %3 mm² with wiring + DPU %4 mm²")
                             .arg(t.usedSubarrays)
                             .arg(t.bankSubarrays)
                             .arg(fourDigits(c.machine.chip.subarray_mm2), fourDigits(c.machine.chip.dpu_mm2))),
                    [](const Totals &totals) { return totals.area_mm2; }));
}

void setGpu(const Context &c, std::uint32_t row, const Totals &t, const ReferenceCost &gpu) {
  const auto from = [&](const QString &formula) { return Provenance{Kind::Estimated, gpu.source, formula, {}}; };
  c.set(row, Metric::GpuLatency, gpu.latency_us, from(gpu.latencyFormula));
  c.set(row, Metric::GpuEnergy, gpu.energy_uj * 1e-6, from(gpu.energyFormula));
  c.set(row, Metric::GpuSpeedup, gpu.latency_us / t.latency_us(),
        from(QStringLiteral("%1 µs / %2 µs").arg(fourDigits(gpu.latency_us), fourDigits(t.latency_us()))));
  c.set(row, Metric::GpuEnergyRatio, gpu.energy_uj / t.energy_uj(),
        from(QStringLiteral("%1 µJ / %2 µJ").arg(fourDigits(gpu.energy_uj), fourDigits(t.energy_uj()))));
}

void appendGpu(const Context &c, const Variant &variant, Scope scope, std::span<const LayerWork> works,
               const ReferenceCost &gpu) {
  constexpr Bits Full{32, 32};
  DesignKey key = c.key(variant, scope);
  key.platform = c.table.intern(QStringLiteral("gpu-roofline"));
  key.bitsWeights = key.bitsActivations = 32;
  key.reference = true;
  const std::uint32_t row = c.table.append(key);
  const auto from = [&](const QString &formula) { return Provenance{Kind::Estimated, gpu.source, formula, {}}; };
  c.set(row, Metric::Energy, gpu.energy_uj, from(gpu.energyFormula));
  c.set(row, Metric::Latency, gpu.latency_us, from(gpu.latencyFormula));
  c.set(row, Metric::Power, gpuPower_w(c.options.gpuPower), from({}));
  setCounts(c, row, works, Full);
}

void appendDigital(const Context &c, const Variant &variant, Scope scope, std::span<const LayerWork> works) {
  const ReferenceCost digital = digitalBaseline(works, c.bits);
  DesignKey key = c.key(variant, scope);
  key.platform = c.table.intern(QStringLiteral("digital-45nm"));
  key.reference = true;
  const std::uint32_t row = c.table.append(key);
  c.set(row, Metric::Energy, digital.energy_uj, {Kind::Estimated, digital.source, digital.energyFormula, {}});
  setCounts(c, row, works, c.bits);
}

// Edge devices that ran this very network, whole.
void appendEdges(const Context &c, const Variant &variant, std::span<const LayerWork> works) {
  for (const EdgeReference &edge : edgeReferences()) {
    if (c.network.name != QLatin1String(edge.network) || variant.name != QLatin1String(edge.variant) ||
        works.back().outChannels != edge.classes)
      continue;
    DesignKey key = c.key(variant, Scope::Whole);
    key.platform = c.table.intern(QString::fromLatin1(edge.platform));
    key.bitsWeights = static_cast<std::uint8_t>(edge.bits.weights);
    key.bitsActivations = static_cast<std::uint8_t>(edge.bits.activations);
    key.reference = true;
    const std::uint32_t row = c.table.append(key);
    const QString source = QString::fromUtf8(edge.source);
    c.set(row, Metric::Latency, edge.latency_us, {Kind::Published, source, {}, {}});
    if (edge.power_w > 0) {
      c.set(row, Metric::Power, edge.power_w, {Kind::Published, source, {}, {}});
      c.set(row, Metric::Energy, edge.latency_us * edge.power_w,
            {Kind::Derived,
             source,
             QStringLiteral("%1 µs x %2 W").arg(fourDigits(edge.latency_us), fourDigits(edge.power_w)),
             {}});
    }
    setCounts(c, row, works, edge.bits);
  }
}

std::vector<LayerWork> ofScope(std::vector<LayerWork> works, Scope scope) {
  if (scope == Scope::Head) std::erase_if(works, [](const LayerWork &w) { return !w.head; });
  return works;
}

void appendVariant(const Context &c, const Variant &variant, Scope scope) {
  const auto works = workOf(c.network, variant, c.accelerator.schedule.layout);
  const auto counted = ofScope(works, scope);
  const Part part = scope == Scope::Head ? Part::Head : Part::Whole;
  const Totals totals = estimateTotals(works, c.machine, c.bits, part);
  Spread spread{totals, {}};
  for (const Machine &end : c.ends) spread.ends.push_back(estimateTotals(works, end, c.bits, part));
  DesignKey key = c.key(variant, scope);
  key.platform = c.table.intern(c.accelerator.name);
  key.profileHash = c.table.intern(c.hash);
  const std::uint32_t row = c.table.append(key);
  const ReferenceCost gpu = gpuRoofline(counted, c.options.gpuPower);
  setEstimate(c, row, spread);
  setCounts(c, row, counted, c.bits);
  setGpu(c, row, totals, gpu);
  if (!c.options.references) return;
  appendGpu(c, variant, scope, counted, gpu);
  appendDigital(c, variant, scope, counted);
  if (scope == Scope::Whole) appendEdges(c, variant, counted);
}

}  // namespace

DesignTable estimateTable(const NetworkSpec &network, const std::vector<Variant> &variants,
                          const Accelerator &accelerator, Bits bits, const EstimateOptions &options) {
  validate(accelerator, QStringLiteral("accelerator %1").arg(quoted(accelerator.name)));
  if (options.scopes == Scopes::Head && !hasExtractor(network))
    throw Error(QStringLiteral("network %1").arg(quoted(network.name)),
                QStringLiteral("has no feature extractor, so no head of its own"), QStringLiteral("use scope whole"));
  const Machine machine = buildMachine(accelerator);
  DesignTable table;
  QString source = QStringLiteral("estimate: profile %1, dataflow %2, packing %3, sense %4, %5:%6 bits")
                       .arg(accelerator.name, wordOf(accelerator, "dataflow"), wordOf(accelerator, "packing"),
                            wordOf(accelerator, "sense_model"))
                       .arg(bits.weights)
                       .arg(bits.activations);
  source += calibrationSources(accelerator);
  Context context{table, network, accelerator, machine, bits, options, source, hash(accelerator), {}};
  if (hasIntervals(accelerator.calibration))
    for (const double power : {-1.0, 1.0}) context.ends.push_back(machineAtEnd(accelerator, power));
  for (const Variant &variant : variants) {
    if (options.scopes != Scopes::Head) appendVariant(context, variant, Scope::Whole);
    if (options.scopes != Scopes::Whole && hasExtractor(network)) appendVariant(context, variant, Scope::Head);
  }
  return table;
}

}  // namespace pimento
