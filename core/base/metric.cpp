// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/metric.h"

#include <QStringList>

#include "core/base/error.h"

namespace pimento {

const std::array<MetricInfo, MetricCount> &allMetrics() {
  using enum Sense;
  using enum Scaling;
  static constexpr std::array<MetricInfo, MetricCount> table{{
      {Metric::Accuracy, "accuracy", "accuracy_pct", "Accuracy", "%", "%", 1, Maximise, Plain,
       "Share of test images classified rightly (top-1)."},
      {Metric::Energy, "energy", "energy_uj", "Energy", "µJ", "J", 1e-6, Minimise, SiPrefix,
       "Energy of one inference (one image)."},
      {Metric::Latency, "latency", "latency_us", "Latency", "µs", "s", 1e-6, Minimise, SiPrefix,
       "Time of one inference (one image)."},
      {Metric::Power, "power", "power_w", "Power", "W", "W", 1, Minimise, SiPrefix,
       "Energy over time of one inference."},
      {Metric::Area, "area", "area_mm2", "Area", "mm²", "mm²", 1, Minimise, Plain, "Silicon area in use."},
      {Metric::Memory, "memory", "memory_mb", "Memory", "MB", "B", 1e6, Minimise, SiPrefix,
       "Parameters at the row's precision, 10^6 bytes."},
      {Metric::Macs, "macs", "macs", "MACs", "", "", 1, Minimise, SiPrefix,
       "Multiply-accumulate operations of one inference."},
      {Metric::Params, "params", "params", "Parameters", "", "", 1, Minimise, SiPrefix, "Trained parameters."},
      {Metric::GpuLatency, "gpu_latency", "gpu_latency_us", "GPU latency", "µs", "s", 1e-6, Minimise, SiPrefix,
       "Time of the same inference on the reference GPU."},
      {Metric::GpuEnergy, "gpu_energy", "gpu_energy_j", "GPU energy", "J", "J", 1, Minimise, SiPrefix,
       "Energy of the same inference on the reference GPU."},
      {Metric::BitAnds, "bit_ands", "bit_ands", "AND operations", "", "", 1, Minimise, SiPrefix,
       "Bit-wise ANDs of one inference: MACs x weight bits x activation bits."},
      {Metric::GpuSpeedup, "gpu_speedup", "gpu_speedup", "Speed-up over GPU", "x", "x", 1, Maximise, Plain,
       "GPU latency over the design's latency."},
      {Metric::GpuEnergyRatio, "gpu_energy_ratio", "gpu_energy_ratio", "Energy gain over GPU", "x", "x", 1, Maximise,
       Plain, "GPU energy over the design's energy."},
  }};
  return table;
}

const MetricInfo &info(Metric metric) { return allMetrics()[index(metric)]; }

std::optional<Metric> metricFromKey(QStringView key) {
  for (const MetricInfo &m : allMetrics())
    if (key == QLatin1String(m.key) || key == QLatin1String(m.column)) return m.metric;
  return std::nullopt;
}

Metric requireMetric(const QString &key, const QString &place) {
  if (const auto metric = metricFromKey(key)) return *metric;
  QStringList known;
  for (const MetricInfo &m : allMetrics()) known << QString::fromLatin1(m.key);
  throw Error(place, QStringLiteral("unknown metric %1").arg(quoted(key)), knownWords(key, known));
}

}  // namespace pimento
