// SPDX-License-Identifier: GPL-3.0-or-later
// DECO's Table III, module by module, beside the estimate of the default profile. Nothing is fitted to it: no model of
// the stated array from below gives it (note deco-4).
#include "core/hardware/estimate/estimate.h"
#include "core/network/families/families.h"
#include "core/published/claims.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

constexpr double DecoTolerance = 0.25;
constexpr Bits DecoBits{8, 8};  // assumption: DECO states none; the dynamic-network paper of the same array has 8
const QString DecoTable = QStringLiteral("deco-table3");
constexpr const char *NotOurs =
    "its PIM figures follow the GPU's times, not the work that is done; 8:8 bits are an assumption, DECO states none";

// The feature extractor alone, or the classification module alone.
Totals moduleTotals(const DecoModule &module) {
  const NetworkSpec spec = makeNetwork(module.family, 100);  // classes of CIFAR-100
  const Machine machine = buildMachine(Accelerator{});
  if (module.module == QStringLiteral("FE")) {
    std::vector<LayerWork> works = workOf(spec, spec.variants.front());
    std::erase_if(works, [](const LayerWork &work) { return work.head; });
    return estimateTotals(works, machine, DecoBits);
  }
  const Variant variant = findVariant(spec, QStringLiteral("fe+") + module.module.toLower());
  return estimateTotals(workOf(spec, variant), machine, DecoBits, Part::Head);
}

struct DecoFigure {
  const char *column;
  const char *name;
  const char *unit;
  double (*of)(const Totals &);
};
constexpr DecoFigure DecoFigures[] = {
    {"pim_time_us", "PIM time of DECO's %1", "µs", [](const Totals &t) { return t.latency_us(); }},
    {"pim_power_w", "PIM power of DECO's %1", "W", [](const Totals &t) { return t.power_w(); }}};

}  // namespace

Checks decoChecks() {
  const PaperTables tables = paperTables();
  Checks checks;
  for (const DecoFigure &figure : DecoFigures)
    for (const DecoModule &module : decoModules()) {
      const PrintedCell printed = cell(tables, DecoTable, module.row, QString::fromLatin1(figure.column));
      checks.push_back(
          {.id = QStringLiteral("networks.deco.%1.%2").arg(module.id, QLatin1String(figure.column)),
           .name = QString::fromLatin1(figure.name).arg(module.row),
           .theirs = printed.value,
           .unit = figure.unit,
           .tolerance = DecoTolerance,
           .kind = Kind::Published,
           .compute = [module, of = figure.of](const std::stop_token &) { return Ours{of(moduleTotals(module))}; },
           .reason = NotOurs,
           .evidence = Evidence::Simulation,
           .sourceText = printed.from.source});
    }
  return checks;
}

}  // namespace pimento
