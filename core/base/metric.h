// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <array>
#include <cstdint>
#include <optional>

namespace pimento {

enum class Metric : std::uint8_t {
  Accuracy,
  Energy,
  Latency,
  Power,
  Area,
  Memory,
  Macs,
  Params,
  GpuLatency,
  GpuEnergy,
  BitAnds,
  GpuSpeedup,
  GpuEnergyRatio
};
inline constexpr std::size_t MetricCount = 13;

enum class Sense : std::uint8_t { Minimise, Maximise };
enum class Scaling : std::uint8_t { Plain, SiPrefix };  // how a value is written for people

// What a metric is. A value is stored, exported and typed in `unit`; `toBase` takes it to `base`.
struct MetricInfo {
  Metric metric;
  const char *key;     // in objectives, filters and kinds: "energy", and the column "energy_kind"
  const char *column;  // CSV and JSON, with its unit: "energy_uj"
  const char *title;   // on axes and headers: "Energy"
  const char *unit;    // "µJ"
  const char *base;    // unit that takes SI prefixes: "J"
  double toBase;       // 1e-6
  Sense sense;         // which way is better
  Scaling scaling;
  const char *meaning;  // one sentence for help and tooltips
};

[[nodiscard]] const std::array<MetricInfo, MetricCount> &allMetrics();
[[nodiscard]] const MetricInfo &info(Metric metric);
[[nodiscard]] std::optional<Metric> metricFromKey(QStringView key);            // key or column name
[[nodiscard]] Metric requireMetric(const QString &key, const QString &place);  // throws Error with the known keys
[[nodiscard]] constexpr std::size_t index(Metric metric) { return static_cast<std::size_t>(metric); }

}  // namespace pimento
