// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/row_plan.h"

#include "core/base/error.h"
#include "core/hardware/mapping.h"

namespace pimento {

namespace {

int pixelsOf(const Shape &shape) { return shape.height * shape.width; }

// Groups of `segments` of the numbers 0 … count - 1, the last filled up with -1.
std::vector<std::int32_t> dealt(int count, int segments) {
  std::vector<std::int32_t> all(static_cast<std::size_t>((count + segments - 1) / segments * segments), -1);
  for (int i = 0; i < count; ++i) all[static_cast<std::size_t>(i)] = i;
  return all;
}

void planPatches(RowPlan &plan, const IntegerLayer &layer) {
  plan.origins = plan.targets = dealt(pixelsOf(layer.out), plan.segments);
  plan.groups = static_cast<int>(plan.origins.size()) / plan.segments;
  plan.meets.assign(static_cast<std::size_t>(plan.groups), 1);
}

// Input pixels by phase, each phase from a new row on. `phases` gets the phase of each group.
void dealPixels(RowPlan &plan, const IntegerLayer &layer, std::vector<int> &phases) {
  std::vector<bool> used(static_cast<std::size_t>(layer.stride), false);  // along one side
  for (int k = 0; k < layer.kernel; ++k) {
    const int phase = ((k - layer.padding) % layer.stride + layer.stride) % layer.stride;
    used[static_cast<std::size_t>(phase)] = true;
  }
  for (int i = 0; i < layer.stride; ++i)
    for (int j = 0; j < layer.stride; ++j) {
      if (!used[static_cast<std::size_t>(i)] || !used[static_cast<std::size_t>(j)]) continue;
      std::vector<std::int32_t> pixels;
      for (int y = i; y < layer.in.height; y += layer.stride)
        for (int x = j; x < layer.in.width; x += layer.stride) pixels.push_back(y * layer.in.width + x);
      while (pixels.size() % static_cast<std::size_t>(plan.segments) != 0) pixels.push_back(-1);
      plan.origins.insert(plan.origins.end(), pixels.begin(), pixels.end());
      phases.resize(plan.origins.size() / static_cast<std::size_t>(plan.segments), i * layer.stride + j);
    }
}

// The output pixel to which an input pixel contributes by a tap, or -1.
std::int32_t targetOf(const IntegerLayer &layer, int tap, std::int32_t pixel) {
  const int y = pixel / layer.in.width + layer.padding - tap / layer.kernel;
  const int x = pixel % layer.in.width + layer.padding - tap % layer.kernel;
  if (y < 0 || x < 0 || y % layer.stride != 0 || x % layer.stride != 0) return -1;
  if (y / layer.stride >= layer.out.height || x / layer.stride >= layer.out.width) return -1;
  return y / layer.stride * layer.out.width + x / layer.stride;
}

void planTaps(RowPlan &plan, const IntegerLayer &layer) {
  plan.classes = layer.kernel * layer.kernel;
  std::vector<int> phases;
  dealPixels(plan, layer, phases);
  plan.groups = static_cast<int>(phases.size());
  for (int tap = 0; tap < plan.classes; ++tap) {
    const auto phase = [&](int k) { return ((k - layer.padding) % layer.stride + layer.stride) % layer.stride; };
    const int own = phase(tap / layer.kernel) * layer.stride + phase(tap % layer.kernel);
    for (const int p : phases) plan.meets.push_back(p == own ? 1 : 0);
    for (const std::int32_t pixel : plan.origins) plan.targets.push_back(pixel < 0 ? -1 : targetOf(layer, tap, pixel));
  }
}

// Channels of a pixel side by side, then those of the next; a chunk holds as many channels as a row takes.
void planDepthwise(RowPlan &plan, const IntegerLayer &layer) {
  const int pixels = pixelsOf(layer.out);
  plan.channels = layer.out.channels;
  plan.rowChannels = std::min(plan.columns / plan.width, layer.out.channels);
  const int pixelsPerRow = plan.segments / plan.rowChannels;
  plan.groups = (pixels + pixelsPerRow - 1) / pixelsPerRow;
  for (int chunk = 0; chunk < plan.chunks; ++chunk)
    for (int group = 0; group < plan.groups; ++group)
      for (int s = 0; s < plan.segments; ++s) {
        const int channel = plan.channelOf(chunk, s);
        const int pixel = group * pixelsPerRow + s / plan.rowChannels;
        plan.origins.push_back(channel >= 0 && pixel < pixels ? channel * pixels + pixel : -1);
      }
  plan.targets = plan.origins;
  plan.meets.assign(static_cast<std::size_t>(plan.groups), 1);
}

void takePlacement(RowPlan &plan, const LayerMap &map, const LayerWork &work, const Accelerator &accelerator) {
  const bool packs = map.chunks == 1;
  const std::int64_t layout = plan.kind == RowPlan::Kind::Tap ? work.layoutPatch / work.kernelArea : work.layoutPatch;
  plan.columns = accelerator.array.columns;
  plan.width = plan.kind == RowPlan::Kind::Depthwise ? static_cast<int>(work.patch)
               : packs ? static_cast<int>(segmentWidth(layout, plan.columns, accelerator.schedule.packing))
                       : plan.columns;
  plan.segments = static_cast<int>(map.segments);
  plan.chunks = static_cast<int>(map.chunks);
  plan.copies = static_cast<int>(map.copies);
  plan.unitRows = static_cast<int>(map.unitRows);
  plan.mats = std::max(1, (plan.copies + accelerator.chip.subarrays_per_mat - 1) / accelerator.chip.subarrays_per_mat);
}

void checkFit(const RowPlan &plan, const Accelerator &accelerator, Bits bits, const QString &place) {
  const std::int64_t rows =
      plan.firstWeightRow(bits) + std::int64_t{plan.unitRows} * bits.weights + accelerator.schedule.scratch_rows;
  if (rows > accelerator.array.rows || std::int64_t{plan.segments} * plan.width > plan.columns)
    throw Error(place, QStringLiteral("its %1 rows and %2 segments of %3 columns do not fit into a sub-array")
                           .arg(rows)
                           .arg(plan.segments)
                           .arg(plan.width));
}

}  // namespace

RowPlan planRows(const IntegerLayer &layer, const LayerWork &work, const Accelerator &accelerator, Bits bits,
                 const QString &place) {
  const Schedule &schedule = accelerator.schedule;
  RowPlan plan;
  plan.latched = schedule.dataflow == Dataflow::Latched;
  if (layer.op == Op::Depthwise) plan.kind = RowPlan::Kind::Depthwise;
  if (layer.op == Op::Conv && schedule.dataflow == Dataflow::Tap) plan.kind = RowPlan::Kind::Tap;
  if (plan.kind == RowPlan::Kind::Depthwise && work.patch > accelerator.array.columns)
    throw Error(place, QStringLiteral("a depthwise kernel of %1 weights is wider than a row").arg(work.patch),
                QStringLiteral("use an array of more columns"));
  const LayerMap map = mapLayer(work, accelerator.array, schedule, accelerator.chip, bits);
  takePlacement(plan, map, work, accelerator);
  plan.cells = plan.kind == RowPlan::Kind::Tap ? work.inChannels : work.patch;
  if (plan.kind == RowPlan::Kind::Patch) planPatches(plan, layer);
  if (plan.kind == RowPlan::Kind::Tap) planTaps(plan, layer);
  if (plan.kind == RowPlan::Kind::Depthwise) planDepthwise(plan, layer);
  plan.units = plan.kind == RowPlan::Kind::Depthwise ? 1 : layer.out.channels * plan.classes;
  checkFit(plan, accelerator, bits, place);
  return plan;
}

void fillWeights(const RowPlan &plan, const IntegerLayer &layer, int unit, std::uint16_t *values) {
  const std::int16_t *weights = layer.kernelWeights(plan.kernelOf(unit)) + unit % plan.classes;
  for (std::int64_t i = 0; i < plan.cells; ++i) values[i] = static_cast<std::uint16_t>(weights[i * plan.classes]);
}

}  // namespace pimento
