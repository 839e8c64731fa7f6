// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/mapping.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace pimento {

namespace {

constexpr std::int64_t up(std::int64_t value, std::int64_t by) { return (value + by - 1) / by; }

// A layer as rows of operands against rows of weights.
struct Rows {
  std::int64_t contents = 0;  // columns of data for one patch (or pixel)
  std::int64_t layout = 0;    // the same, as the segments are laid out
  std::int64_t patches = 0;   // patches (or pixels) that meet each weight row
  std::int64_t units = 0;     // weight rows that each patch meets
  std::int64_t inputs = 0;    // patches (or pixels) to write
};

Rows rowsOf(const LayerWork &w) { return {w.patch, w.layoutPatch, w.pixels, w.outChannels, w.pixels}; }

double gated(std::int64_t data, std::int64_t group, std::int64_t columns) {
  return static_cast<double>(std::min(columns, up(data, group) * group));
}

// Columns switched on when one unit meets all patches.
double gatedColumns(const LayerMap &m, const Rows &r, std::int64_t group, std::int64_t columns) {
  if (m.chunks > 1) {
    const std::int64_t last = r.contents - (m.chunks - 1) * columns;
    return static_cast<double>(r.patches) *
           (static_cast<double>((m.chunks - 1) * columns) + gated(last, group, columns));
  }
  const std::int64_t full = r.patches / m.segments;
  const std::int64_t rest = r.patches % m.segments;
  return static_cast<double>(full) * gated(m.segments * r.contents, group, columns) +
         (rest > 0 ? gated(rest * r.contents, group, columns) : 0);
}

std::int64_t unitsPerSubarray(const Array &array, const Schedule &schedule, Bits bits) {
  const int operands = schedule.dataflow == Dataflow::Latched ? 0 : bits.activations;
  return std::max(1, (array.rows - schedule.scratch_rows - operands) / bits.weights);
}

// Transport: with expansion at the mats the map itself travels, once to each mat that holds copies; else its patches
// do.
void addTransport(LayerMap &m, const LayerWork &w, const Rows &r, const Schedule &schedule, const Chip &chip) {
  m.matBits = r.inputs * r.contents * m.copies;
  const std::int64_t mats = std::max<std::int64_t>(1, up(m.copies, chip.subarrays_per_mat));
  const bool expanded = schedule.expansion == Expansion::Bank;
  m.transportBits = (expanded ? r.inputs * r.contents : w.inElements()) * mats;
}

void layOut(LayerMap &m, const Rows &r, std::int64_t columns, Packing packing) {
  if (r.layout <= columns)
    m.segments = columns / segmentWidth(r.layout, columns, packing);
  else
    m.chunks = up(r.contents, columns);
}

LayerMap mapDense(const LayerWork &w, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits) {
  const std::int64_t columns = array.columns;
  const Rows r = rowsOf(w);
  LayerMap m;
  layOut(m, r, columns, schedule.packing);
  m.groups = up(r.patches, m.segments);
  m.rowPairs = m.groups * m.chunks * r.units;
  m.activeColumns = static_cast<double>(r.patches) * static_cast<double>(r.contents * r.units);
  m.gatedColumns = gatedColumns(m, r, schedule.gating_group_columns, columns) * static_cast<double>(r.units);
  m.results = r.patches * m.chunks * r.units;
  const std::int64_t perSubarray = unitsPerSubarray(array, schedule, bits);
  m.copies = up(r.units, perSubarray);
  m.unitRows = up(r.units, m.copies);
  m.subarrays = m.chunks * m.copies;
  m.operandRows = up(r.inputs, m.segments) * m.chunks * m.copies;
  m.operandBits = r.inputs * r.contents * m.copies;
  m.partials = (m.chunks - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * r.units;
  m.weightBits = r.units * r.contents * m.segments;
  addTransport(m, w, r, schedule, chip);
  return m;
}

// Pixels of one phase along one side, and the taps that meet them.
struct Phase {
  std::int64_t pixels = 0;
  std::int64_t taps = 0;
};

Phase phaseOf(int phase, int size, const LayerWork &w) {
  const int first = (phase + w.padding) % w.stride;  // the first tap of this phase
  return {up(std::max(0, size - phase), w.stride), first < w.kernel ? (w.kernel - 1 - first) / w.stride + 1 : 0};
}

// Sub-arrays that a kernel's taps lie in, beyond its first, over all kernels: borders inside a kernel.
std::int64_t splitKernels(const LayerMap &m, std::int64_t taps) {
  return m.copies - 1 - (m.copies - 1) / (taps / std::gcd(m.unitRows, taps));
}

LayerMap mapTaps(const LayerWork &w, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits) {
  Rows r{w.inChannels, w.layoutPatch / w.kernelArea, 0, w.outChannels * w.kernelArea, 0};
  LayerMap m;
  layOut(m, r, array.columns, schedule.packing);
  m.copies = up(r.units, unitsPerSubarray(array, schedule, bits));
  m.unitRows = up(r.units, m.copies);
  m.subarrays = m.chunks * m.copies;
  std::int64_t met = 0;  // pixels, over the taps of a kernel
  for (int i = 0; i < w.stride; ++i)
    for (int j = 0; j < w.stride; ++j) {
      const Phase row = phaseOf(i, w.inHeight, w);
      const Phase column = phaseOf(j, w.inWidth, w);
      const std::int64_t taps = row.taps * column.taps;
      if (taps == 0) continue;
      r.patches = row.pixels * column.pixels;
      const std::int64_t rows = up(r.patches, m.segments);
      m.groups = std::max(m.groups, rows);
      m.rowPairs += taps * rows * w.outChannels * m.chunks;
      m.gatedColumns +=
          static_cast<double>(taps * w.outChannels) * gatedColumns(m, r, schedule.gating_group_columns, array.columns);
      m.operandRows += rows * m.chunks * m.copies;
      met += taps * r.patches;
      r.inputs += r.patches;
    }
  m.activeColumns = static_cast<double>(met) * static_cast<double>(w.outChannels * r.contents);
  m.results = met * w.outChannels * m.chunks;
  m.operandBits = r.inputs * r.contents * m.copies;
  m.partials = w.pixels * ((m.chunks - 1) * w.outChannels + m.chunks * splitKernels(m, w.kernelArea));
  m.weightRows = m.chunks * r.units;
  m.weightBits = r.units * r.contents * m.segments;
  addTransport(m, w, r, schedule, chip);
  return m;
}

LayerMap mapDepthwise(const LayerWork &w, const Array &array, const Schedule &schedule) {
  const std::int64_t perRow = std::max<std::int64_t>(1, array.columns / w.patch);
  const bool packs = schedule.packing != Packing::None;
  const std::int64_t pixelsPerRow = packs ? std::max<std::int64_t>(1, perRow / w.outChannels) : 1;
  LayerMap m;
  m.chunks = up(w.outChannels, perRow);  // channel groups, a sub-array each
  m.segments = std::min(perRow, w.outChannels * pixelsPerRow);
  m.groups = up(w.pixels, pixelsPerRow);
  m.unitRows = 1;
  m.subarrays = m.chunks;
  m.rowPairs = m.groups * m.chunks;
  m.results = w.pixels * w.outChannels;
  m.operandRows = m.groups * m.chunks;
  m.operandBits = m.results * w.patch;
  m.activeColumns = static_cast<double>(m.operandBits);
  m.gatedColumns = static_cast<double>(m.rowPairs) *
                   gated(up(m.operandBits, m.rowPairs), schedule.gating_group_columns, array.columns);
  m.matBits = m.operandBits;
  m.transportBits = schedule.expansion == Expansion::Bank ? m.operandBits : w.inElements();
  m.weightRows = m.chunks;
  m.weightBits = w.weights * pixelsPerRow;
  return m;
}

}  // namespace

std::int64_t segmentWidth(std::int64_t patch, std::int64_t columns, Packing packing) {
  if (packing == Packing::None || patch > columns) return columns;
  if (packing == Packing::Any) return patch;
  return std::min(columns, static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(patch))));
}

LayerMap mapLayer(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits) {
  if (!hasWeights(work.op)) return {};
  if (work.op == Op::Depthwise && work.patch <= array.columns) return mapDepthwise(work, array, schedule);
  if (work.op == Op::Depthwise) {  // a kernel wider than a row: each channel is a layer of one kernel
    LayerWork channel = work;
    channel.pixels *= work.outChannels;
    channel.outChannels = 1;
    return mapDense(channel, array, schedule, chip, bits);
  }
  const bool taps = schedule.dataflow == Dataflow::Tap && work.op == Op::Conv;
  return (taps ? mapTaps : mapDense)(work, array, schedule, chip, bits);
}

}  // namespace pimento
