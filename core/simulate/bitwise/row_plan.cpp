// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/row_plan.h"

#include <set>

#include "core/hardware/dataflow/placement.h"

namespace pimento {

namespace {

// The sub-array that shows the operands of a view.
std::int64_t subarrayOf(const RowPlan &plan, int view) {
  return plan.operands == Operands::OfChunk ? std::int64_t{view} * plan.copies : view;
}

void addOrigins(RowPlan &plan, const Placement &placement) {
  plan.views = plan.operands == Operands::OfChunk ? plan.chunks : plan.operands == Operands::OfCopy ? plan.copies : 1;
  for (int view = 0; view < plan.views; ++view)
    plan.groups = std::max(plan.groups, static_cast<int>(placement.groups(subarrayOf(plan, view))));
  plan.origins.assign(static_cast<std::size_t>(plan.views) * static_cast<std::size_t>(plan.groups) *
                          static_cast<std::size_t>(plan.segments),
                      -1);
  for (int view = 0; view < plan.views; ++view) {
    const std::int64_t subarray = subarrayOf(plan, view);
    for (std::int64_t group = 0; group < placement.groups(subarray); ++group) {
      auto at = plan.origins.begin() + (view * std::int64_t{plan.groups} + group) * plan.segments;
      for (const Slice &slice : placement.operandRow(subarray, group))
        *at++ = static_cast<std::int32_t>((plan.depthwise() ? slice.channel * plan.pixels : 0) + slice.pixel);
    }
  }
}

void addUnits(RowPlan &plan, const LayerWork &work, const LayerMap &map) {
  const int area = plan.taps ? static_cast<int>(work.kernelArea) : 1;
  const int parts = static_cast<int>(map.parts);
  const int taps = (area + parts - 1) / parts;  // of a kernel in one sub-array
  const int kernels = static_cast<int>(map.unitRows) / taps;
  for (int copy = 0; copy < plan.copies; ++copy) {
    const int firstKernel = copy / parts * kernels;
    const int firstTap = copy % parts * taps;
    std::vector<Unit> units;
    const int all = plan.operands == Operands::OfChunk ? 1 : static_cast<int>(work.outChannels);
    for (int kernel = firstKernel; kernel < std::min(all, firstKernel + kernels); ++kernel)
      for (int tap = firstTap; tap < std::min(area, firstTap + taps); ++tap)
        units.push_back({kernel, tap, (kernel - firstKernel) * taps + tap - firstTap});
    plan.units.push_back(std::move(units));
  }
}

// Where the counts go. A tap meets a group if Placement says so; the results of its segments lie a shift away.
void addTargets(RowPlan &plan, const LayerWork &work, const Placement &placement) {
  plan.targets = plan.origins;
  if (plan.operands == Operands::OfCopy)
    for (std::int32_t &target : plan.targets) target = target < 0 ? -1 : target % plan.pixels;
  if (!plan.taps) return;
  const auto area = static_cast<std::size_t>(work.kernelArea);
  plan.targets.assign(area * plan.origins.size(), -1);
  plan.meets.assign(area * static_cast<std::size_t>(plan.groups), 0);
  for (std::int64_t part = 0; part < placement.map().parts; ++part)
    for (int group = 0; group < plan.groups; ++group) {
      const std::vector<Slice> row = placement.operandRow(part, group);
      for (const Step &step : placement.steps(part, group)) {
        if (step.kernel != 0) continue;  // all kernels meet the same
        plan.meets[static_cast<std::size_t>(step.tap * plan.groups + group)] = 1;
        auto at = plan.targets.begin() + (step.tap * plan.groups + group) * plan.segments;
        for (const Slice &slice : row) *at++ = static_cast<std::int32_t>(placement.result(slice, step));
      }
    }
}

// Pixels of the map that some patch covers.
std::int64_t coveredPixels(const IntegerLayer &layer) {
  if (layer.op == Op::Linear) return 1;  // its inputs are channels of one pixel
  const auto covered = [&](int in, int out) {
    std::set<int> all;
    for (int o = 0; o < out; ++o)
      for (int k = 0; k < layer.kernel; ++k)
        if (const int i = o * layer.stride + k - layer.padding; i >= 0 && i < in) all.insert(i);
    return static_cast<std::int64_t>(all.size());
  };
  return covered(layer.in.height, layer.out.height) * covered(layer.in.width, layer.out.width);
}

// To each mat: the channels that the cells of its sub-arrays come from, or (expansion at the bank) those cells for
// every patch.
std::int64_t sentElements(const RowPlan &plan, const IntegerLayer &layer, const LayerWork &work,
                          const Accelerator &accelerator) {
  const bool patches = accelerator.schedule.expansion == Expansion::Bank;
  const std::int64_t rows =
      std::count_if(plan.origins.begin(), plan.origins.end(), [](std::int32_t o) { return o >= 0; });
  if (plan.depthwise() && patches) return rows * plan.cells;
  std::int64_t sent = 0;
  const int subarrays = plan.chunks * plan.copies;
  for (int first = 0; first < subarrays; first += accelerator.chip.subarrays_per_mat) {
    std::set<std::int64_t> needed;  // channels, or chunks
    for (int s = first; s < std::min(subarrays, first + accelerator.chip.subarrays_per_mat); ++s) {
      const int chunk = s / plan.copies;
      if (patches) {
        needed.insert(chunk);
      } else if (plan.depthwise()) {
        for (int i = 0; i < plan.groups * plan.segments; ++i)
          if (const std::int32_t origin = plan.originsOf(plan.view(chunk, s % plan.copies), 0)[i]; origin >= 0)
            needed.insert(origin / plan.pixels);
      } else {
        const std::int64_t perChannel = plan.taps ? 1 : work.kernelArea;
        const std::int64_t cell = plan.firstCell(chunk);
        for (std::int64_t c = cell / perChannel; c <= (cell + plan.chunkCells(chunk) - 1) / perChannel; ++c)
          needed.insert(c);
      }
    }
    if (patches)
      for (const std::int64_t chunk : needed) sent += rows * plan.chunkCells(static_cast<int>(chunk));
    else
      sent += static_cast<std::int64_t>(needed.size()) * coveredPixels(layer);
  }
  return sent;
}

}  // namespace

RowPlan planRows(const IntegerLayer &layer, const LayerWork &work, const Accelerator &accelerator, Bits bits) {
  const Placement placement(work, accelerator.array, accelerator.schedule, accelerator.chip, bits);
  const LayerMap &map = placement.map();
  RowPlan plan;
  const Form &form = formOf(work, accelerator.array.columns, accelerator.schedule.dataflow);
  plan.taps = form.taps;
  plan.operands = form.operands;
  plan.latched = traits(accelerator.schedule.dataflow).latched;
  plan.columns = accelerator.array.columns;
  plan.width = static_cast<int>(form.width(work, plan.columns, accelerator.schedule.packing));
  plan.cells = plan.taps ? work.inChannels : work.patch;
  plan.segments = static_cast<int>(map.segments);
  plan.chunks = static_cast<int>(map.chunks);
  plan.copies = static_cast<int>(map.copies);
  plan.pixels = layer.out.height * layer.out.width;
  addOrigins(plan, placement);
  addUnits(plan, work, map);
  addTargets(plan, work, placement);
  plan.sentElements = sentElements(plan, layer, work, accelerator);
  return plan;
}

}  // namespace pimento
