// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/mapping_ratios.h"

#include <array>

#include "core/hardware/estimate/estimate.h"

namespace pimento {

namespace {

enum class Regions : std::uint8_t { All, Published };  // Published: the four that the paper's figure shows
enum class Work : std::uint8_t { Rows, Columns };

struct Option {
  const char *id;
  const char *what;
  Packing packing;
  Toggle columnGating;
  Toggle writeBack;
  Layout layout;
  Regions regions;
  Work work;
};

constexpr Toggle Off = Toggle::Off;
constexpr Toggle On = Toggle::On;
constexpr std::array<Option, 5> Options{
    {{"packed", "rows packed for each width", Packing::PowerOfTwo, Off, Off, Layout::Own, Regions::All, Work::Rows},
     {"unpacked", "one patch a row", Packing::None, Off, Off, Layout::Own, Regions::All, Work::Rows},
     {"layout", "rows packed in the layout of 1.0", Packing::PowerOfTwo, Off, Off, Layout::Widest, Regions::All,
      Work::Rows},
     {"gated", "one patch a row, idle columns gated", Packing::None, On, Off, Layout::Own, Regions::All, Work::Columns},
     {"regions", "one patch a row, the paper's four regions with write-back", Packing::None, Off, On, Layout::Own,
      Regions::Published, Work::Rows}}};

struct Cost {
  PerComponent energy_pj{};
  double work = 0;
};

Cost costOf(std::span<const LayerWork> works, const Option &option, const Machine &machine, Bits bits) {
  Cost cost;
  cost.energy_pj = estimateTotals(works, machine, bits).energy_pj;
  for (std::size_t i = 0; i < ComponentCount; ++i)
    if (option.regions == Regions::Published && !components()[i].published) cost.energy_pj[i] = 0;
  for (const LayerWork &work : works) {
    const LayerMap map = mapLayer(work, machine.dimensions, machine.schedule, machine.parameters, bits);
    cost.work += option.work == Work::Columns ? map.gatedColumns : static_cast<double>(map.rowPairs);
  }
  return cost;
}

}  // namespace

std::vector<MappingRatio> mappingRatios(const NetworkSpec &network, const Variant &wide, const Variant &narrow,
                                        const Accelerator &base, Bits bits) {
  std::vector<MappingRatio> ratios;
  for (const Option &option : Options) {
    Accelerator accelerator = base;
    accelerator.schedule.dataflow = Dataflow::Patch;
    accelerator.schedule.packing = option.packing;
    accelerator.schedule.column_gating = option.columnGating;
    accelerator.schedule.write_back = option.writeBack;
    const Machine machine = buildMachine(accelerator);
    const Variant *layout = option.layout == Layout::Widest ? &wide : nullptr;
    const Cost w = costOf(workOf(network, wide, layout), option, machine, bits);
    const Cost n = costOf(workOf(network, narrow, layout), option, machine, bits);
    ratios.push_back({option.id, option.what, w.energy_pj, n.energy_pj, w.work / n.work});
  }
  return ratios;
}

}  // namespace pimento
