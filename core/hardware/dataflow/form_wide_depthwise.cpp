// SPDX-License-Identifier: GPL-3.0-or-later
// A depthwise kernel wider than a row: `chunks` rows of its patch, as in the form of patches, but an operand row is of
// one channel and meets that channel's weight row alone.
#include <algorithm>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/mapping.h"
#include "core/hardware/dataflow/phase.h"
#include "core/hardware/dataflow/segments.h"

namespace pimento {

namespace {

using Int = std::int64_t;

// Channels times the mats that each needs its map in: a channel's chunks lie `copies` sub-arrays apart.
Int wideChannels(const LayerPlace &p, const LayerMap &m) {
  Int sum = 0;
  for (Int copy = 0; copy < m.copies; ++copy) {
    Int mats = 0;
    for (Int chunk = 0, last = -1; chunk < m.chunks; ++chunk) {
      const Int mat = (chunk * m.copies + copy) / p.mat;
      mats += mat == last ? 0 : 1;
      last = mat;
    }
    sum += mats * std::min(m.unitRows, p.work.outChannels - copy * m.unitRows);
  }
  return sum;
}

LayerMap mapWideDepthwise(const LayerPlace &p) {
  const LayerWork &w = p.work;
  const Segments s{w.patch, p.columns, 1, ceilDivided(w.patch, p.columns)};
  LayerMap m;
  m.chunks = s.chunks;
  m.copies = ceilDivided(w.outChannels, p.room);
  m.unitRows = ceilDivided(w.outChannels, m.copies);
  m.groups = w.pixels * m.unitRows;
  m.steps = m.groups;
  m.subarrays = m.chunks * m.copies;
  m.rowPairs = w.pixels * w.outChannels * m.chunks;
  m.results = m.rowPairs;
  m.operandRows = m.rowPairs;
  m.operandBits = w.pixels * w.outChannels * w.patch;
  m.activeColumns = static_cast<double>(m.operandBits);
  m.gatedColumns = static_cast<double>(w.pixels * w.outChannels) * rowOn(p, s, 1);
  m.partials = (m.chunks - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * w.outChannels;
  m.weightBits = w.outChannels * w.patch;
  m.matBits = m.operandBits;
  m.transportBits = p.schedule.expansion == Expansion::Bank ? m.operandBits : usedPixels(w) * wideChannels(p, m);
  return m;
}

class WideDepthwiseRows : public FormRows {
 public:
  WideDepthwiseRows(const LayerPlace &p, const LayerMap &map) : m_work(p.work), m_map(map), m_columns(p.columns) {}

  [[nodiscard]] Int groups(Int subarray) const override {
    return m_work.pixels * std::min(m_map.unitRows, m_work.outChannels - subarray % m_map.copies * m_map.unitRows);
  }

  [[nodiscard]] std::vector<Slice> operandRow(Int subarray, Int group) const override {
    const Int element = subarray / m_map.copies * m_columns;
    const Int channel = subarray % m_map.copies * m_map.unitRows + group / m_work.pixels;
    return {{0, std::min(m_columns, m_work.patch - element), element, group % m_work.pixels, channel}};
  }

  [[nodiscard]] std::vector<Step> steps(Int subarray, Int group) const override {
    return {{subarray, group, group / m_work.pixels, 0, 0}};
  }

 private:
  LayerWork m_work;
  LayerMap m_map;
  Int m_columns;
};

}  // namespace

constinit const Form WideDepthwiseForm{
    .taps = false,
    .operands = Operands::OfCopy,
    .width = [](const LayerWork &, Int columns, Packing) { return columns; },
    .map = mapWideDepthwise,
    .rows = [](const LayerPlace &place, const LayerMap &map) -> std::unique_ptr<FormRows> {
      return std::make_unique<WideDepthwiseRows>(place, map);
    }};

}  // namespace pimento
