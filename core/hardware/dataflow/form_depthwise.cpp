// SPDX-License-Identifier: GPL-3.0-or-later
// A depthwise layer: floor(columns / K²) channels to a row, with own weights and own counts; a chunk is such a group of
// channels. Several pixels share a row where all channels of one leave room (not with packing = none).
#include <algorithm>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/mapping.h"
#include "core/hardware/dataflow/phase.h"
#include "core/hardware/dataflow/segments.h"

namespace pimento {

namespace {

using Int = std::int64_t;

LayerMap mapDepthwise(const LayerPlace &p) {
  const LayerWork &w = p.work;
  const Int channels = p.columns / w.patch;  // of a row
  const Int fitting = p.schedule.packing == Packing::None ? 1 : std::max<Int>(1, channels / w.outChannels);
  const Int pixels = std::min(fitting, w.pixels);
  LayerMap m;
  m.chunks = ceilDivided(w.outChannels, channels);  // channel groups, a sub-array each
  m.segments = std::min(channels, w.outChannels * pixels);
  m.groups = ceilDivided(w.pixels, pixels);
  m.unitRows = 1;
  m.steps = m.groups;
  m.subarrays = m.chunks;
  m.rowPairs = m.groups * m.chunks;
  m.results = w.pixels * w.outChannels;
  m.operandRows = m.rowPairs;
  m.operandBits = m.results * w.patch;
  m.activeColumns = static_cast<double>(m.operandBits);
  const auto on = [&](Int segments) {
    return static_cast<double>(switchedOn(segments, w.patch, w.patch, p.group, p.columns));
  };
  const Int lastChannels = w.outChannels - (m.chunks - 1) * channels;
  const Int restPixels = w.pixels % pixels;
  m.gatedColumns = static_cast<double>(w.pixels / pixels) *
                   (static_cast<double>(m.chunks - 1) * on(channels) + on(lastChannels * pixels));
  if (restPixels > 0) m.gatedColumns += on(lastChannels * restPixels);
  m.matBits = m.operandBits;
  m.transportBits = p.schedule.expansion == Expansion::Bank ? m.operandBits : usedPixels(w) * w.inChannels;
  m.weightRows = m.chunks;
  m.weightBits = w.outChannels * w.patch * pixels;
  return m;
}

class DepthwiseRows : public FormRows {
 public:
  DepthwiseRows(const LayerPlace &p, const LayerMap &map)
      : m_work(p.work), m_map(map), m_perRow(p.columns / p.work.patch) {}

  [[nodiscard]] Int groups(Int) const override { return m_map.groups; }

  [[nodiscard]] std::vector<Slice> operandRow(Int subarray, Int group) const override {
    const Int firstChannel = subarray / m_map.copies * m_perRow;
    const Int channels = std::min(m_perRow, m_work.outChannels - firstChannel);
    const Int pixels = m_map.chunks > 1 ? 1 : m_map.segments / channels;
    std::vector<Slice> slices;
    for (Int pixel = group * pixels; pixel < std::min((group + 1) * pixels, m_work.pixels); ++pixel)
      for (Int c = 0; c < channels; ++c)
        slices.push_back({static_cast<Int>(slices.size()) * m_work.patch, m_work.patch, 0, pixel, firstChannel + c});
    return slices;
  }

  [[nodiscard]] std::vector<Step> steps(Int subarray, Int group) const override { return {{subarray, group, 0, 0, 0}}; }

 private:
  LayerWork m_work;
  LayerMap m_map;
  Int m_perRow;  // channels of a row
};

}  // namespace

constinit const Form DepthwiseForm{
    .taps = false,
    .operands = Operands::OfChunk,
    .width = [](const LayerWork &work, Int, Packing) { return work.patch; },
    .map = mapDepthwise,
    .rows = [](const LayerPlace &place, const LayerMap &map) -> std::unique_ptr<FormRows> {
      return std::make_unique<DepthwiseRows>(place, map);
    }};

}  // namespace pimento
