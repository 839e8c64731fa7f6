// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/faulty_chip.h"

#include <bit>
#include <cmath>

#include "core/base/parallel.h"
#include "core/hardware/sense/sense_map.h"

namespace pimento {

namespace {

constexpr std::uint64_t WeightWrites = 0x7772697465;  // stream of the generator; images are numbered from 0

// Ones that were not written: every cell was cleared before. Returns how many.
std::int64_t dropBits(std::vector<std::uint64_t> &words, double rate, Random &random) {
  std::int64_t dropped = 0;
  for (std::uint64_t &word : words)
    for (std::uint64_t left = word; left != 0; left &= left - 1) {
      if (random.uniform() >= rate) continue;
      word &= ~(left & (~left + 1));
      ++dropped;
    }
  return dropped;
}

// The faults of one sub-array, unit by unit.
class FaultLister {
 public:
  FaultLister(const RowPlan &plan, Bits bits, const Subarray &subarray, const SenseMap &map)
      : m_plan(plan),
        m_bits(bits),
        m_subarray(subarray),
        m_faults(map, plan.latched ? SenseOp::Read : SenseOp::And2, ReadNoise::On) {}

  std::vector<CellFault> list() {
    for (std::size_t lane = 0; lane < m_subarray.units.size(); ++lane) {
      const Unit &unit = m_subarray.units[lane];
      if (unit.kernel < 0) continue;
      for (int m = 0; m < m_bits.weights; ++m) {
        const int weightRow = m_plan.firstWeightRow(m_bits) + unit.row * m_bits.weights + m;
        if (m_plan.latched)
          append(std::array{weightRow}, static_cast<int>(lane), m, 0);
        else
          for (int n = 0; n < m_bits.activations; ++n) append(std::array{n, weightRow}, static_cast<int>(lane), m, n);
      }
    }
    return std::move(m_list);
  }

 private:
  void append(std::span<const int> rows, int lane, int m, int n) {
    m_found.clear();
    m_faults.append(rows, m_found);
    for (const SenseFault &found : m_found) {
      const int segment = found.column / m_plan.width;
      if (segment >= m_plan.segments) break;  // not counted
      add(found, segment, lane, m, n);
    }
  }

  void add(const SenseFault &found, int segment, int lane, int m, int n) {
    const int cell = found.column % m_plan.width;
    CellFault fault{.segment = segment,
                    .lane = static_cast<std::int16_t>(lane),
                    .bit = static_cast<std::uint8_t>(cell % 64),
                    .m = static_cast<std::uint8_t>(m),
                    .n = static_cast<std::uint8_t>(n),
                    .empty = cell >= m_plan.chunkCells(m_subarray.chunk)};
    if (!fault.empty) {
      fault.word = (segment * m_bits.activations + n) * m_plan.words() + cell / 64;
      fault.weight = m_subarray.weightBit(m_plan, m_bits, lane, segment, m, cell);
    }
    for (unsigned operand = 0; operand < 2; ++operand) {
      const unsigned weight = fault.weight ? 1 : 0;
      const unsigned held = fault.empty ? 0 : operand;
      fault.wrong[operand] = found.wrong[m_plan.latched ? weight : held + 2 * weight];
    }
    if (fault.wrong[0] > 0 || fault.wrong[1] > 0) m_list.push_back(fault);
  }

  const RowPlan &m_plan;
  Bits m_bits;
  const Subarray &m_subarray;
  SenseFaults m_faults;
  std::vector<SenseFault> m_found;
  std::vector<CellFault> m_list;
};

}  // namespace

FaultyChip::FaultyChip(const BitwiseNetwork &network, const ErrorModel &model, std::uint64_t seed,
                       const std::stop_token &stop)
    : m_model(model), m_seed(seed) {
  struct Where {
    std::size_t layer;
    std::size_t subarray;
  };
  std::vector<Where> all;
  for (std::size_t layer = 0; layer < network.layers().size(); ++layer) {
    m_parts.emplace_back(network.layers()[layer].subarrays.size());
    for (std::size_t s = 0; s < m_parts.back().size(); ++s) all.push_back({layer, s});
  }
  parallelFor(all.size(), stop, [&](std::size_t i) {
    const Where &where = all[i];
    makePart(network, network.layers()[where.layer], where.subarray, m_parts[where.layer][where.subarray]);
  });
}

void FaultyChip::makePart(const BitwiseNetwork &network, const MappedLayer &layer, std::size_t subarray,
                          Part &part) const {
  const Bits bits = network.program().bits;
  const Subarray &ideal = layer.subarrays[subarray];
  const std::int64_t number = layer.firstSubarray + static_cast<std::int64_t>(subarray);
  if (m_model.writeErrorRate > 0) {
    part.written = buildSubarray(layer.plan, network.program().layers[layer.index], bits, ideal.chunk, ideal.copy,
                                 SegmentWeights::Own);
    Random random(m_seed, WeightWrites, static_cast<std::uint64_t>(number));
    part.wrongWeightBits = dropBits(part.written.weights, m_model.writeErrorRate, random);
  }
  if (m_model.sense) {
    const SenseMap map(network.accelerator(), m_seed, number);
    part.faults = FaultLister(layer.plan, bits, part.written.units.empty() ? ideal : part.written, map).list();
    part.repairedColumns = map.repairedColumns();
  }
}

std::int64_t FaultyChip::wrongWeightBits() const {
  std::int64_t sum = 0;
  for (const auto &layer : m_parts)
    for (const Part &part : layer) sum += part.wrongWeightBits;
  return sum;
}

std::int64_t FaultyChip::faultCount() const {
  std::int64_t sum = 0;
  for (const auto &layer : m_parts)
    for (const Part &part : layer) sum += static_cast<std::int64_t>(part.faults.size());
  return sum;
}

std::int64_t FaultyChip::repairedColumns() const {
  std::int64_t sum = 0;
  for (const auto &layer : m_parts)
    for (const Part &part : layer) sum += part.repairedColumns;
  return sum;
}

}  // namespace pimento
