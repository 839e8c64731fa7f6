// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_map.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "core/base/quantile.h"
#include "core/base/random.h"
#include "core/hardware/sense/sense_strobe.h"

namespace pimento {

namespace {

constexpr double CellSigmas = 5.5;  // beyond, cells are taken as sound: 2e-8, or 2e-6 of the errors that there are
constexpr double NoiseSigmas = 6;   // beyond, a read is taken as certain: 1e-9
constexpr std::uint64_t OffsetIndex = 0;
constexpr std::uint64_t CellIndex = 1;

// Random bits as a function of (key, index): the index-th output of SplitMix64 (Steele, Lea and Flood, 2014).
std::uint64_t mixed(std::uint64_t key, std::uint64_t index) {
  std::uint64_t z = key + (index + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// Columns by logical index, the worst replaced by the best spares.
std::vector<int> repaired(const std::vector<double> &offsets, int columns, double halfMargin) {
  std::vector<int> physical(static_cast<std::size_t>(columns));
  std::iota(physical.begin(), physical.end(), 0);
  std::vector<int> worst = physical;
  std::vector<int> spares(offsets.size() - physical.size());
  std::iota(spares.begin(), spares.end(), columns);
  const auto left = [&](int column) { return halfMargin - std::abs(offsets[static_cast<std::size_t>(column)]); };
  std::stable_sort(worst.begin(), worst.end(), [&](int a, int b) { return left(a) < left(b); });
  std::stable_sort(spares.begin(), spares.end(), [&](int a, int b) { return left(a) > left(b); });
  for (std::size_t i = 0; i < std::min(spares.size(), worst.size()) && left(spares[i]) > left(worst[i]); ++i)
    physical[static_cast<std::size_t>(worst[i])] = spares[i];
  return physical;
}

}  // namespace

SenseMap::SenseMap(const Accelerator &accelerator, std::uint64_t chipSeed, std::int64_t subarray)
    : SenseMap(operatingPoint(accelerator), chipSeed, subarray) {}

SenseMap::SenseMap(const OperatingPoint &a, std::uint64_t chipSeed, std::int64_t subarray)
    : m_cell(a.sensing),
      m_noise_mv(readNoise_mv(a.senseLine_ff(), a.device.temperature_k)),
      m_perfect(a.sensing.sense_model == SenseModel::Nvsim),
      m_rows(a.array.rows),
      m_cellKey(Random(chipSeed, static_cast<std::uint64_t>(subarray), CellIndex).bits()) {
  const double line_ff = a.senseLine_ff();
  for (std::size_t op = 0; op < SenseOpCount; ++op)
    m_developed[op] = strobe(a.sensing, static_cast<SenseOp>(op), line_ff, a.device.temperature_k).developed;
  Random random(chipSeed, static_cast<std::uint64_t>(subarray), OffsetIndex);
  m_offsets_mv.resize(static_cast<std::size_t>(a.array.columns + a.array.spare_columns));
  for (double &offset : m_offsets_mv) offset = a.sensing.offset_mv * random.normal();
  const double half = (m_cell.voltage_mv(2, 2) - m_cell.voltage_mv(2, 1)) / 2;
  m_physical = repaired(m_offsets_mv, a.array.columns, half);
}

int SenseMap::repairedColumns() const {
  return static_cast<int>(
      std::count_if(m_physical.begin(), m_physical.end(), [&](int physical) { return physical >= columns(); }));
}

double SenseMap::reference_mv(SenseOp op) const { return m_cell.reference_mv(op); }

double SenseMap::conductance_ms(int row, int column, bool one) const {
  const auto index = (static_cast<std::uint64_t>(row) << 32) | static_cast<std::uint64_t>(m_physical[column]);
  const std::uint64_t bits = mixed(m_cellKey, index);
  const double resistance = normalFromBits(static_cast<std::uint32_t>(bits >> 32));
  if (!one) return 1e3 / m_cell.lowBranch_ohm(resistance);
  return 1e3 / m_cell.highBranch_ohm(resistance, normalFromBits(static_cast<std::uint32_t>(bits)));
}

double SenseMap::excess_mv(SenseOp op, std::span<const int> rows, int column, unsigned state) const {
  double sum_ms = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) sum_ms += conductance_ms(rows[i], column, (state >> i & 1) != 0);
  return m_cell.clamped_mv(1e3 / sum_ms) + offset_mv(column) / developed(op) - reference_mv(op);
}

std::vector<std::uint64_t> SenseMap::marginalColumns(SenseOp op) const {
  std::vector<std::uint64_t> mask((m_physical.size() + 63) / 64);
  if (m_perfect) return mask;
  const SenseStates states = senseStates(op);
  // Room that the draws of the cells and the noise leave for an offset, on either side of the reference.
  const double noise_ohm = m_noise_mv / developed(op) / m_cell.current_ma;
  const auto room = [&](int ones, double side) {
    const double spread_ohm = m_cell.spread_ohm(states.cells, ones);
    const double nominal_ohm = m_cell.parallel_ohm(states.cells, ones);
    const double reach_ohm = std::hypot(NoiseSigmas * noise_ohm, CellSigmas * spread_ohm);
    return side * (reference_mv(op) - m_cell.clamped_mv(nominal_ohm + side * reach_ohm));
  };
  const double highest = room(states.below, 1);
  const double lowest = -room(states.below + 1, -1);
  for (int c = 0; c < columns(); ++c)
    if (const double offset = offset_mv(c) / developed(op); offset > highest || offset < lowest)
      mask[c / 64] |= std::uint64_t{1} << (c % 64);
  return mask;
}

SenseFaults::SenseFaults(const SenseMap &map, SenseOp op, ReadNoise noise)
    : m_map(map),
      m_states(senseStates(op)),
      m_reference_mv(map.reference_mv(op)),
      m_developed(map.developed(op)),
      m_noise_mv(noise == ReadNoise::On ? map.noise_mv() / m_developed : 0),
      m_cells(static_cast<std::size_t>(map.rows())) {
  const auto mask = map.marginalColumns(op);
  // Seen voltage = current / sum of conductances + offset: a limit of the voltage is one of the sum.
  const auto sum_ms = [&](double volts_mv) {
    if (volts_mv <= 0) return std::numeric_limits<float>::max();
    return volts_mv >= map.m_cell.clamp_mv ? 0.0F : static_cast<float>(map.m_cell.current_ma * 1e3 / volts_mv);
  };
  for (int c = 0; c < map.columns(); ++c) {
    if ((mask[c / 64] >> (c % 64) & 1) == 0) continue;
    m_columns.push_back(c);
    const double at = m_reference_mv - map.offset_mv(c) / m_developed;
    m_readsOneBelow.push_back(sum_ms(at - NoiseSigmas * m_noise_mv));
    m_readsZeroAbove.push_back(sum_ms(at + NoiseSigmas * m_noise_mv));
  }
}

const std::vector<SenseFaults::Branches> &SenseFaults::row(int index) {
  auto &cells = m_cells[static_cast<std::size_t>(index)];
  if (!cells.empty()) return cells;
  cells.reserve(m_columns.size());
  for (const int c : m_columns)
    cells.push_back({static_cast<float>(m_map.conductance_ms(index, c, false)),
                     static_cast<float>(m_map.conductance_ms(index, c, true))});
  return cells;
}

void SenseFaults::append(std::span<const int> rows, std::vector<SenseFault> &faults) {
  std::array<const Branches *, 3> cells{};
  for (std::size_t r = 0; r < rows.size(); ++r) cells[r] = row(rows[r]).data();
  for (std::size_t i = 0; i < m_columns.size(); ++i) {
    SenseFault fault{m_columns[i], {}};
    bool any = false;
    for (unsigned state = 0; state < 1U << rows.size(); ++state) {
      float sum = 0;
      for (std::size_t r = 0; r < rows.size(); ++r)
        sum += (state >> r & 1) != 0 ? cells[r][i].high_ms : cells[r][i].low_ms;
      const bool one = std::popcount(state) > m_states.below;
      if (one ? sum <= m_readsZeroAbove[i] : sum >= m_readsOneBelow[i]) continue;
      const double excess =
          m_map.m_cell.clamped_mv(1e3 / double{sum}) + m_map.offset_mv(fault.column) / m_developed - m_reference_mv;
      const double by = one ? excess : -excess;
      fault.wrong[state] = m_noise_mv > 0 ? static_cast<float>(0.5 * std::erfc(by / m_noise_mv / std::numbers::sqrt2))
                                          : (by < 0 ? 1.0F : 0.0F);
      any = any || fault.wrong[state] > 0;
    }
    if (any) faults.push_back(fault);
  }
}

}  // namespace pimento
