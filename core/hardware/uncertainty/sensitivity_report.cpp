// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/sensitivity_report.h"

#include <algorithm>
#include <numeric>

#include "core/base/format.h"

namespace pimento {

namespace {

std::vector<Cell> rowOf(const UncertainParameter &p, Metric metric, const SobolIndex &index,
                        const SensitivityName &name) {
  const QString source = QString::fromUtf8(p.source);
  return {QString::fromLatin1(p.parameter->key),
          QString::fromLatin1(info(metric).key),
          index.first,
          index.total,
          index.firstInterval.low,
          index.firstInterval.high,
          index.totalInterval.low,
          index.totalInterval.high,
          name.network,
          name.variant,
          name.scope,
          fourDigits(p.optimistic),
          fourDigits(p.pessimistic),
          QString::fromLatin1(RangeShapeNames[static_cast<std::size_t>(p.shape)]),
          source.isEmpty() ? QStringLiteral("given") : source};
}

}  // namespace

ReportTable sensitivityReport(const Sensitivity &sensitivity, std::span<const SensitivityName> designs, double least) {
  ReportTable table;
  for (const char *name :
       {"parameter", "metric", "first_order", "total", "first_order_low", "first_order_high", "total_low", "total_high",
        "network", "variant", "scope", "optimistic", "pessimistic", "shape", "source"})
    table.columns << QString::fromLatin1(name);
  std::vector<std::size_t> order(sensitivity.parameters.size());
  for (std::size_t d = 0; d < designs.size(); ++d)
    for (std::size_t m = 0; m < SampledMetrics.size(); ++m) {
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return sensitivity.at(d, m, a).total > sensitivity.at(d, m, b).total;
      });
      for (const std::size_t p : order)
        if (const SobolIndex &index = sensitivity.at(d, m, p); index.total >= least || least <= 0)
          table.rows.push_back(rowOf(sensitivity.parameters[p], SampledMetrics[m], index, designs[d]));
    }
  return table;
}

}  // namespace pimento
