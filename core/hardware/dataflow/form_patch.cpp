// SPDX-License-Identifier: GPL-3.0-or-later
// im2col: `segments` patches share a row, or a patch takes `chunks` rows in as many sub-arrays. A group is what lies in
// the rows at one time. Each kernel meets each group once; a copy holds kernels [copy · n, …), n = unitRows. Padding
// inside a patch is written (it holds the zero point).
#include <algorithm>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/mapping.h"
#include "core/hardware/dataflow/phase.h"
#include "core/hardware/dataflow/segments.h"

namespace pimento {

namespace {

using Int = std::int64_t;

Int patchWidth(const LayerWork &work, Int columns, Packing packing) {
  return segmentWidth(work.layoutPatch, columns, packing);
}

LayerMap mapPatches(const LayerPlace &p) {
  const LayerWork &w = p.work;
  const Segments s = segmentsOf(p, w.patch, w.layoutPatch, w.pixels);
  LayerMap m;
  m.segments = s.perRow;
  m.chunks = s.chunks;
  m.groups = ceilDivided(w.pixels, s.perRow);
  m.copies = ceilDivided(w.outChannels, p.room);
  m.unitRows = ceilDivided(w.outChannels, m.copies);
  m.steps = m.groups * m.unitRows;
  m.subarrays = m.chunks * m.copies;
  m.rowPairs = m.groups * m.chunks * w.outChannels;
  m.activeColumns = static_cast<double>(w.pixels * w.patch * w.outChannels);
  m.gatedColumns = rowsOn(p, s, w.pixels) * static_cast<double>(w.outChannels);
  m.results = w.pixels * m.chunks * w.outChannels;
  m.operandRows = m.groups * m.chunks * m.copies;
  m.operandBits = w.pixels * w.patch * m.copies;
  m.partials = (m.chunks - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * w.outChannels;
  m.weightBits = w.outChannels * w.patch * m.segments;
  addTransport(m, p, w.patch, w.kernelArea, usedPixels(w));
  return m;
}

class PatchRows : public FormRows {
 public:
  PatchRows(const LayerPlace &p, const LayerMap &map)
      : m_work(p.work), m_map(map), m_columns(p.columns), m_width(patchWidth(p.work, p.columns, p.schedule.packing)) {}

  [[nodiscard]] Int groups(Int) const override { return m_map.groups; }

  [[nodiscard]] std::vector<Slice> operandRow(Int subarray, Int group) const override {
    const Int element = subarray / m_map.copies * m_columns;
    const Int columns = std::min(m_columns, m_work.patch - element);
    const Int first = group * m_map.segments;
    std::vector<Slice> slices;
    for (Int i = first; i < std::min(first + m_map.segments, m_work.pixels); ++i)
      slices.push_back({(i - first) * m_width, columns, element, i, 0});
    return slices;
  }

  [[nodiscard]] std::vector<Step> steps(Int subarray, Int group) const override {
    const Int kernels = m_map.unitRows;
    const Int first = subarray % m_map.copies * kernels;
    std::vector<Step> steps;
    for (Int k = 0; k < std::min(kernels, m_work.outChannels - first); ++k)
      steps.push_back({subarray, group, k, first + k, 0});
    return steps;
  }

 private:
  LayerWork m_work;
  LayerMap m_map;
  Int m_columns;
  Int m_width;  // of a segment
};

}  // namespace

constinit const Form PatchForm{.taps = false,
                               .operands = Operands::Shared,
                               .width = patchWidth,
                               .map = mapPatches,
                               .rows = [](const LayerPlace &place, const LayerMap &map) -> std::unique_ptr<FormRows> {
                                 return std::make_unique<PatchRows>(place, map);
                               }};

}  // namespace pimento
