// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/width_ratio.h"

#include "core/hardware/estimate.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

struct Option {
  const char *name;
  const char *explanation;
  Packing packing;
  Toggle gating;
  bool keepLayout;  // the narrow network keeps the segments of the wide one
};

constexpr Option Options[]{
    {"unpacked", "A patch takes a row whatever its length.", Packing::None, Toggle::Off, true},
    {"packed", "Short patches share a row; the narrow network keeps the segments of the wide one.", Packing::Any,
     Toggle::Off, true},
    {"column-gated", "As packed, with columns that hold no data switched off.", Packing::Any, Toggle::On, true},
    {"repacked", "The narrow network is packed anew for its own patches.", Packing::Any, Toggle::Off, false},
};

// Columns that the row operations of convolutions switch on, or the row operations themselves.
double work(std::span<const LayerWork> works, const Machine &machine, Bits bits) {
  double total = 0;
  for (const LayerWork &layer : works) {
    if (layer.op != Op::Conv) continue;
    const LayerMap map = mapLayer(layer, machine.dimensions, machine.schedule, machine.parameters, bits);
    total += machine.schedule.column_gating == Toggle::On ? map.gatedColumns : static_cast<double>(map.rowPairs);
  }
  return total;
}

}  // namespace

WidthRatios energyRatioByOption(const Accelerator &accelerator, Bits bits) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Variant wide = widthVariant(network, 1);
  const Variant narrow = widthVariant(network, 0.25);
  WidthRatios ratios;
  for (const Option &option : Options) {
    Accelerator a = accelerator;
    a.schedule.dataflow = Dataflow::Patch;
    a.schedule.packing = option.packing;
    a.schedule.column_gating = option.gating;
    a.schedule.gating_group_columns = 1;
    const Machine machine = buildMachine(a);
    const auto wideWork = workOf(network, wide);
    const auto narrowWork = workOf(network, narrow, option.keepLayout ? &wide : nullptr);
    ratios.options.push_back(
        {QString::fromLatin1(option.name), QString::fromLatin1(option.explanation),
         estimateTotals(wideWork, machine, bits).energy_uj() / estimateTotals(narrowWork, machine, bits).energy_uj(),
         work(wideWork, machine, bits) / work(narrowWork, machine, bits)});
  }
  // E(0.25) = f + (1 - f) / r of E(1.0): 1 / 2.7 = f + (1 - f) / r.
  const double r = ratios.options.front().rowOperationRatio;
  ratios.fixedShare = (1 / ratios.publishedRatio - 1 / r) / (1 - 1 / r);
  return ratios;
}

}  // namespace pimento
