// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/estimate_uncertainty.h"

#include "app/cli/uncertainty_options.h"
#include "app/process/streams.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/units.h"
#include "core/explore/design_report.h"
#include "core/hardware/uncertainty/design_intervals.h"
#include "core/hardware/uncertainty/sensitivity_report.h"

namespace pimento {

namespace {

// The estimates of a table by this program's model, with their rows.
struct Drawn {
  std::vector<UncertainDesign> designs;
  std::vector<std::uint32_t> rows;
};

Drawn drawnOf(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator,
              const DesignTable &table) {
  Drawn drawn;
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const DesignKey &key = table.key(row);
    if (key.reference || key.profileHash == 0) continue;
    for (const Variant &variant : choice.variants)
      if (variant.name == table.name(key.variant)) {
        drawn.designs.push_back({0, workOf(choice.network, variant, accelerator.schedule.layout), bitsOf(parser),
                                 key.scope == Scope::Head ? Part::Head : Part::Whole});
        drawn.rows.push_back(row);
        break;
      }
  }
  return drawn;
}

// Draws that are no designs are told, for people and programs alike.
void tellStates(const DesignTable &table, const Drawn &drawn, const DesignSamples &samples) {
  for (std::size_t d = 0; d < drawn.rows.size(); ++d) {
    const double invalid = samples.shareOf(d, DrawState::Invalid);
    const double none = samples.shareOf(d, DrawState::NoAccelerator);
    const QString title = designTitle(table, drawn.rows[d]);
    if (invalid > 0)
      printError(QStringLiteral("%1: in %2 % of %3 draws it would not work as priced (validity invalid)\n")
                     .arg(title, fourDigits(100 * invalid))
                     .arg(samples.draws()));
    if (none > 0)
      printError(QStringLiteral("%1: in %2 % of %3 draws the parameters make no accelerator; they are left out\n")
                     .arg(title, fourDigits(100 * none))
                     .arg(samples.draws()));
  }
}

}  // namespace

ReportTable intervalSummary(const DesignTable &table) {
  ReportTable report;
  report.columns << QStringLiteral("design");
  std::vector<Metric> metrics;
  for (const MetricInfo &m : allMetrics())
    for (std::uint32_t row = 0; row < table.size(); ++row)
      if (intervalOf(table, row, m.metric)) {
        metrics.push_back(m.metric);
        break;
      }
  for (const Metric metric : metrics)
    report.columns << QStringLiteral("%1, p5 to p95").arg(QString::fromLatin1(info(metric).key));
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    std::vector<Cell> cells{designTitle(table, row)};
    bool any = false;
    for (const Metric metric : metrics) {
      const auto interval = intervalOf(table, row, metric);
      any = any || interval.has_value();
      cells.push_back(interval ? Cell{QStringLiteral("%1 to %2")
                                          .arg(shortValue(metric, interval->low), shortValue(metric, interval->high))}
                               : Cell{});
    }
    if (any) report.rows.push_back(std::move(cells));
  }
  return report;
}

void addUncertainty(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator,
                    DesignTable &table) {
  const Drawn drawn = drawnOf(parser, choice, accelerator, table);
  const DesignSamples samples = sampleDesigns(std::span(&accelerator, 1), drawn.designs, samplingFrom(parser));
  for (std::size_t d = 0; d < drawn.rows.size(); ++d) setIntervals(table, drawn.rows[d], samples, d);
  tellStates(table, drawn, samples);
}

void printSensitivity(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator,
                      const DesignTable &table) {
  constexpr double LeastShown = 0.01;  // of the variance, for people
  const Drawn drawn = drawnOf(parser, choice, accelerator, table);
  const SamplingOptions sampling = samplingFrom(parser);
  if (sampling.draws * plausibleRanges().size() * drawn.designs.size() > std::size_t{1} << 28)
    throw Error(parser.place(), QStringLiteral("--samples %1 with --sensitivity").arg(sampling.draws),
                QStringLiteral("2048 suffice for two digits; every parameter takes as many runs"));
  const SobolOptions options{sampling.draws, sampling.seed};
  const Sensitivity sensitivity = sensitivityOf(accelerator, drawn.designs, options, sampling.ranges);
  std::vector<SensitivityName> names;
  for (const std::uint32_t row : drawn.rows) {
    const DesignKey &key = table.key(row);
    names.push_back({table.name(key.network), table.name(key.variant), scopeName(key.scope)});
  }
  ReportTable report = sensitivityReport(sensitivity, names, parser.isText() ? LeastShown : 0);
  if (parser.isText()) report = withoutColumns(report, {QStringLiteral("network"), QStringLiteral("source")});
  parser.print(report);
  if (sensitivity.indices.failed > 0)
    printError(QStringLiteral("%1 of %2 runs make no accelerator and are left out\n")
                   .arg(sensitivity.indices.failed)
                   .arg(sensitivity.indices.runs));
}

}  // namespace pimento
