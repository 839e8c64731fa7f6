// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/base/metric.h"
#include "core/base/report_table.h"
#include "core/base/watch.h"
#include "core/hardware/profile/accelerator.h"
#include "core/network/counts.h"
#include "core/network/network_spec.h"

namespace pimento {

// One of two estimated designs whose difference is asked for.
struct ExplainedDesign {
  QString name;  // as asked for
  NetworkSpec network;
  Variant variant;
  Accelerator accelerator;
  Bits bits;
  bool head = false;  // the classification module alone
};

// Metrics that are told apart, in this order.
inline constexpr std::array ExplainedMetrics{Metric::Energy, Metric::Latency, Metric::Area, Metric::Power};

// One part of a difference: what it adds to a metric on the way from A to B, in the metric's unit.
struct DifferencePart {
  QString part;  // parameter, "network", "bits", a section whose parameters only go together, or a component
  QString from;  // its value in A and in B, as text; empty for a component
  QString to;
  double difference = 0;
  double error = 0;  // standard error, where orders are sampled
};

// The difference of one metric: the parts add up to b - a, those that matter most first.
struct MetricDifference {
  QString metric;  // "energy_uj"
  double a = 0;
  double b = 0;
  std::vector<DifferencePart> parts;
};

struct DesignDifference {
  std::vector<MetricDifference> metrics;
  std::size_t orders = 0;  // sampled; 0: exact
  QString note;            // which parameters were taken together, and why; empty: none
};

enum class DifferenceBy : std::uint8_t { Parameters, Components };

// By parameters: Shapley values over the parameters that differ, and over network and bits; parameters that contradict
// each other when changed one by one count as one part, named after their section. By components: those of energy and
// area, which add up by themselves (latencies of components overlap). Throws Error for designs that no accelerator
// makes, and once the watch stops.
[[nodiscard]] DesignDifference differenceOf(const ExplainedDesign &a, const ExplainedDesign &b, DifferenceBy by,
                                            const Watch &watch = {});

// A row a metric and part: part, metric, share (of the metric's difference, 1 in all), difference; then the values of
// the part, the standard error of the difference, and the metric in A and in B.
[[nodiscard]] ReportTable differenceReport(const DesignDifference &difference);

}  // namespace pimento
