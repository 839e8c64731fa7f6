// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/design_intervals.h"

namespace pimento {

namespace {

void setInterval(DesignTable &table, std::uint32_t row, Metric metric, const Interval &interval) {
  const auto value = table.at(row, metric);
  if (!value) return;
  Provenance from = *value->from;
  from.interval = interval;
  table.set(row, metric, value->value, table.intern(from));
}

// The GPU's cost is the same in every draw: a ratio is highest where the design's own cost is lowest.
void setRatio(DesignTable &table, std::uint32_t row, Metric ratio, Metric cost) {
  const auto value = table.at(row, ratio);
  const auto own = table.at(row, cost);
  if (!value || !own || !own->interval || own->interval->low <= 0) return;
  const double gpu = value->value * own->value;
  setInterval(table, row, ratio, {gpu / own->interval->high, gpu / own->interval->low});
}

}  // namespace

std::optional<Interval> intervalOf(const DesignTable &table, std::uint32_t row, Metric metric) {
  const auto value = table.at(row, metric);
  return value ? value->from->interval : std::nullopt;
}

void setIntervals(DesignTable &table, std::uint32_t row, const DesignSamples &samples, std::size_t design) {
  for (std::size_t i = 0; i < SampledMetrics.size(); ++i)
    if (const auto interval = samples.interval(design, i)) setInterval(table, row, SampledMetrics[i], *interval);
  setRatio(table, row, Metric::GpuSpeedup, Metric::Latency);
  setRatio(table, row, Metric::GpuEnergyRatio, Metric::Energy);
}

}  // namespace pimento
