// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/subarray.h"

#include <algorithm>
#include <optional>

#include "core/hardware/array/array.h"
#include "core/simulate/bitwise/planes.h"
#include "core/simulate/bitwise/subarray_errors.h"
#include "core/simulate/integers/patch_reader.h"

namespace pimento {

namespace {

class Run {
 public:
  Run(const RowPlan &plan, Bits bits, const Subarray &subarray, const OperandPlanes &operands,
      std::span<std::int64_t> sums, const SubarrayErrors *errors, RowTrace &trace)
      : m_plan(plan),
        m_bits(bits),
        m_subarray(subarray),
        m_operands(operands),
        m_pixels(plan.operands == Operands::OfChunk ? 0 : plan.pixels),
        m_firstKernel(plan.units[static_cast<std::size_t>(subarray.copy)].front().kernel),
        m_sums(sums),
        m_errors(errors),
        m_trace(trace),
        m_kernels(segmentKernels()),
        m_cells(plan.chunkCells(subarray.chunk)) {
    if (errors != nullptr && errors->writeErrorRate > 0 && !plan.latched)
      m_stored.resize(OperandPlanes::groupWords(plan, bits));
  }

  void run() {
    const int blocks = static_cast<int>(m_subarray.units.size()) / m_subarray.lanes;
    for (int group = 0; group < m_plan.groups; ++group) {
      writeOperands(group);
      for (int block = 0; block < blocks; ++block) meet(group, block);
      if (m_errors != nullptr && !m_errors->faults.empty()) applyFaults(group);
    }
  }

 private:
  // The operand rows of a group, one a plane.
  void writeOperands(int group) {
    m_rows = m_operands.group(m_plan, m_bits, m_subarray.chunk, m_subarray.view, group);
    const std::int32_t *origins = m_plan.originsOf(m_subarray.view, group);
    m_filled = static_cast<int>(std::find(origins, origins + m_plan.segments, -1) - origins);
    if (m_filled == 0) return;  // a copy with fewer groups than others
    m_trace.operandRows += m_bits.activations;
    m_trace.operandBits += m_bits.activations * m_filled * m_cells;
    if (m_stored.empty()) return;
    const WrittenCells cells{m_bits.activations, m_filled, static_cast<int>(m_cells), m_plan.words()};
    m_trace.wrongWrites += writeWithErrors(cells, m_rows, m_stored, m_errors->writeErrorRate, *m_errors->random);
    m_rows = m_stored.data();
  }

  // The row operations of one group and one block of units: each filled segment of all their pairs of planes. Counts
  // that no output needs are dropped.
  void meet(int group, int block) {
    const Unit *units = m_subarray.units.data() + block * m_subarray.lanes;
    std::array<const std::int32_t *, Lanes> targets{};
    int meeting = 0;
    for (int lane = 0; lane < m_subarray.lanes; ++lane) {
      if (units[lane].kernel < 0 || !m_plan.unitMeets(units[lane], group)) continue;
      targets[static_cast<std::size_t>(lane)] = m_plan.targetsOf(m_subarray.view, units[lane], group);
      ++meeting;
    }
    if (meeting == 0) return;
    const std::int64_t pairs = std::int64_t{m_bits.weights} * m_bits.activations;
    m_trace.rowOperations += pairs * meeting;
    const std::int64_t reads =
        std::int64_t{m_bits.weights} * meeting * ((m_bits.activations + LatchedPlanes - 1) / LatchedPlanes);
    if (m_plan.latched) m_trace.reads += reads;
    m_trace.senses += (m_plan.latched ? reads : pairs * meeting) * m_filled * m_plan.width;
    for (int segment = 0; segment < m_filled; ++segment) {
      std::array<std::int64_t, Lanes> counted{};
      operate(block, segment, counted);
      for (std::size_t lane = 0; lane < Lanes; ++lane) {
        if (targets[lane] == nullptr || targets[lane][segment] < 0) continue;
        m_trace.dataColumns += pairs * m_cells;
        m_trace.shifts += pairs;
        sum(units[lane], targets[lane][segment]) += counted[lane];
      }
    }
  }

  void operate(int block, int segment, std::array<std::int64_t, Lanes> &counted) const {
    const std::uint64_t *rows = m_rows + segment * m_bits.activations * m_plan.words();
    const std::uint64_t *weights = m_subarray.at(m_plan, m_bits, block, segment);
    if (m_subarray.lanes == 1)
      counted[0] = m_kernels.row(rows, weights, m_plan.words(), m_bits.weights, m_bits.activations);
    else
      m_kernels.lanes(rows, weights, m_plan.words(), m_bits.weights, m_bits.activations, counted.data());
  }

  [[nodiscard]] std::int64_t &sum(const Unit &unit, std::int32_t target) {
    return m_sums[static_cast<std::size_t>(unit.kernel - m_firstKernel) * static_cast<std::size_t>(m_pixels) +
                  static_cast<std::size_t>(target)];
  }

  // What the amplifiers tell differently from the ideal results that meet() added.
  void applyFaults(int group) {
    FaultWalk walk(m_plan, m_bits, m_rows, m_filled, *m_errors->random, m_trace);
    const std::span<const CellFault> faults = m_errors->faults;
    for (std::size_t i = 0; i < faults.size();) {
      std::size_t end = i + 1;
      while (end < faults.size() && faults[end].lane == faults[i].lane) ++end;
      const Unit &unit = m_subarray.units[static_cast<std::size_t>(faults[i].lane)];
      if (m_plan.unitMeets(unit, group)) {
        const std::int32_t *targets = m_plan.targetsOf(m_subarray.view, unit, group);
        walk.run(faults.subspan(i, end - i), [&](int segment, std::int64_t change) {
          if (targets[segment] >= 0) sum(unit, targets[segment]) += change;
        });
      }
      i = end;
    }
  }

  const RowPlan &m_plan;
  const Bits m_bits;
  const Subarray &m_subarray;
  const OperandPlanes &m_operands;
  const int m_pixels;
  const int m_firstKernel;
  std::span<std::int64_t> m_sums;
  const SubarrayErrors *m_errors;
  RowTrace &m_trace;
  const SegmentKernels &m_kernels;
  const std::int64_t m_cells;
  const std::uint64_t *m_rows = nullptr;  // operand planes of the current group: segment, plane, word
  int m_filled = 0;                       // segments that hold something
  std::vector<std::uint64_t> m_stored;    // what the operand cells hold, where writes may fail
};

// A chunk's words of every plane of `values`.
void placePlanes(const RowPlan &plan, int chunk, const std::uint16_t *values, int bits, std::uint64_t *planes) {
  toPlanes(values + plan.firstCell(chunk), plan.chunkCells(chunk), bits, planes, plan.words(), plan.words());
}

// The operands of a segment, all chunks.
class OperandReader {
 public:
  OperandReader(const RowPlan &plan, const IntegerLayer &layer, const Map &map)
      : m_plan(plan), m_layer(layer), m_map(map) {
    if (!plan.taps) m_patches.emplace(layer, map);
  }

  void read(std::int32_t origin, std::uint16_t *values) const {
    if (m_plan.taps) {
      const auto pixels = static_cast<std::size_t>(m_layer.in.height) * static_cast<std::size_t>(m_layer.in.width);
      for (std::size_t c = 0; c < static_cast<std::size_t>(m_plan.cells); ++c)
        values[c] = m_map[c * pixels + static_cast<std::size_t>(origin)];
      return;
    }
    const int pixels = m_layer.out.height * m_layer.out.width;
    const int y = origin % pixels / m_layer.out.width;
    const int x = origin % pixels % m_layer.out.width;
    if (m_plan.depthwise())
      m_patches->readChannel(origin / pixels, y, x, values);
    else
      m_patches->read(y, x, values);
  }

 private:
  const RowPlan &m_plan;
  const IntegerLayer &m_layer;
  const Map &m_map;
  std::optional<PatchReader> m_patches;
};

// The weights of a unit, all chunks, as two's complement.
void fillWeights(const RowPlan &plan, const IntegerLayer &layer, int kernel, int tap, std::uint16_t *values) {
  const std::int64_t step = plan.taps ? layer.kernel * layer.kernel : 1;
  const std::int16_t *weights = layer.kernelWeights(kernel) + tap;
  for (std::int64_t i = 0; i < plan.cells; ++i) values[i] = static_cast<std::uint16_t>(weights[i * step]);
}

// The units of a copy, those together that meet the same groups, in whole blocks.
std::vector<Unit> inBlocks(const RowPlan &plan, std::vector<Unit> units, int lanes) {
  if (plan.taps)
    std::stable_sort(units.begin(), units.end(), [](const Unit &a, const Unit &b) { return a.tap < b.tap; });
  while (units.size() % static_cast<std::size_t>(lanes) != 0) units.push_back({-1, 0, 0});
  return units;
}

}  // namespace

Subarray buildSubarray(const RowPlan &plan, const IntegerLayer &layer, Bits bits, int chunk, int copy,
                       SegmentWeights segments) {
  const std::vector<Unit> &units = plan.units[static_cast<std::size_t>(copy)];
  Subarray s{.chunk = chunk, .copy = copy, .view = plan.view(chunk, copy)};
  s.lanes = plan.depthwise() || units.size() == 1 ? 1 : Lanes;
  s.units = inBlocks(plan, units, s.lanes);
  s.weightSegments = segments == SegmentWeights::Own || plan.operands == Operands::OfChunk ? plan.segments : 1;
  const std::size_t block = s.blockWords(plan, bits);
  const auto lanes = static_cast<std::size_t>(s.lanes);
  const auto perBlock = static_cast<std::size_t>(s.weightSegments);
  s.weights.resize(s.units.size() / lanes * perBlock * block);
  std::vector<std::uint16_t> values(static_cast<std::size_t>(plan.cells));
  std::vector<std::uint64_t> planes(block / lanes);
  for (std::size_t i = 0; i < s.units.size(); ++i)
    for (std::size_t segment = 0; segment < perBlock; ++segment) {
      int kernel = s.units[i].kernel;
      if (plan.operands == Operands::OfChunk) {
        const std::int32_t origin = plan.originsOf(s.view, 0)[segment];
        kernel = origin < 0 ? -1 : origin / plan.pixels;
      }
      if (kernel < 0) continue;
      fillWeights(plan, layer, kernel, s.units[i].tap, values.data());
      placePlanes(plan, chunk, values.data(), bits.weights, planes.data());
      std::uint64_t *to = s.weights.data() + (i / lanes * perBlock + segment) * block + i % lanes;
      for (std::size_t w = 0; w < planes.size(); ++w) to[w * lanes] = planes[w];
    }
  return s;
}

Loaded loadedBy(const RowPlan &plan, Bits bits, const Subarray &subarray) {
  const std::int32_t *origins = plan.originsOf(subarray.view, 0);
  const bool filled = plan.operands == Operands::OfChunk;  // a row of its own channels; others repeat their kernel
  const std::int64_t segments =
      filled ? std::count_if(origins, origins + plan.segments, [](std::int32_t o) { return o >= 0; }) : plan.segments;
  Loaded loaded;
  for (const Unit &unit : subarray.units) {
    if (unit.kernel < 0) continue;
    loaded.rows += bits.weights;
    loaded.bits += segments * plan.chunkCells(subarray.chunk) * bits.weights;
  }
  return loaded;
}

OperandPlanes operandPlanes(const RowPlan &plan, const IntegerLayer &layer, const Map &map, Bits bits) {
  OperandPlanes planes;
  const std::size_t group = OperandPlanes::groupWords(plan, bits);
  const std::size_t segment = group / static_cast<std::size_t>(plan.segments);
  planes.bits.resize(static_cast<std::size_t>(OperandPlanes::sets(plan)) * static_cast<std::size_t>(plan.groups) *
                     group);
  std::vector<std::uint16_t> values(static_cast<std::size_t>(plan.cells));
  const OperandReader reader(plan, layer, map);
  const bool ownChunk = plan.operands == Operands::OfChunk;
  for (int view = 0; view < plan.views; ++view)
    for (int g = 0; g < plan.groups; ++g)
      for (int s = 0; s < plan.segments; ++s) {
        const std::int32_t origin = plan.originsOf(view, g)[s];
        if (origin < 0) continue;
        reader.read(origin, values.data());
        for (int chunk = ownChunk ? view : 0; chunk < (ownChunk ? view + 1 : plan.chunks); ++chunk) {
          const auto at = static_cast<std::size_t>(planes.group(plan, bits, chunk, view, g) - planes.bits.data());
          placePlanes(plan, chunk, values.data(), bits.activations,
                      planes.bits.data() + at + static_cast<std::size_t>(s) * segment);
        }
      }
  return planes;
}

void runSubarray(const RowPlan &plan, Bits bits, const Subarray &subarray, const OperandPlanes &operands,
                 std::span<std::int64_t> sums, const SubarrayErrors *errors, RowTrace &trace) {
  Run(plan, bits, subarray, operands, sums, errors, trace).run();
}

}  // namespace pimento
