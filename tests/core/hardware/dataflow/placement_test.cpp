// SPDX-License-Identifier: GPL-3.0-or-later
// Random layers are laid out bit by bit. The sums over the rows must equal the closed forms of LayerMap, and the counts
// must add up to the convolution.
#include "core/hardware/dataflow/placement.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>

using namespace pimento;

namespace {

using Int = std::int64_t;

struct Case {
  LayerWork work;
  Array array;
  Schedule schedule;
  Chip chip;
  Bits bits;
};

class Draw {
 public:
  explicit Draw(unsigned seed) : m_engine(seed) {}
  Int between(Int low, Int high) { return low + static_cast<Int>(m_engine() % static_cast<unsigned>(high - low + 1)); }
  template <class T>
  T of(std::initializer_list<T> list) {
    return *(list.begin() + between(0, static_cast<Int>(list.size()) - 1));
  }

 private:
  std::mt19937 m_engine;
};

LayerWork randomWork(Draw &draw) {
  LayerWork w;
  w.op = draw.of({Op::Conv, Op::Conv, Op::Conv, Op::Depthwise, Op::Linear});
  w.outChannels = draw.between(1, 20);
  w.inChannels = w.op == Op::Depthwise ? w.outChannels : draw.between(1, 40);
  if (w.op != Op::Linear) {
    w.kernel = static_cast<int>(draw.between(1, 5));
    w.stride = static_cast<int>(draw.between(1, 3));
    w.padding = static_cast<int>(draw.between(0, w.kernel - 1));
    w.inHeight = static_cast<int>(draw.between(w.kernel, 9));
    w.inWidth = static_cast<int>(draw.between(w.kernel, 9));
  }
  w.kernelArea = Int{w.kernel} * w.kernel;
  w.inPixels = Int{w.inHeight} * w.inWidth;
  w.pixels = Int{w.outHeight()} * w.outWidth();
  w.patch = w.op == Op::Depthwise ? w.kernelArea : w.kernelArea * w.inChannels;
  w.layoutPatch = w.patch;
  if (w.op != Op::Depthwise && draw.between(0, 3) == 0) w.layoutPatch += w.kernelArea * draw.between(0, 30);
  w.weights = w.patch * w.outChannels;
  w.macs = w.weights * w.pixels;
  return w;
}

Case randomCase(unsigned seed) {
  Draw draw(seed);
  Case c;
  c.work = randomWork(draw);
  c.array.columns = static_cast<int>(draw.of<Int>({16, 24, 32, 64, 100}));
  c.array.rows = static_cast<int>(draw.between(20, 120));
  c.schedule.dataflow = draw.of({Dataflow::Patch, Dataflow::Tap, Dataflow::Latched});
  c.schedule.packing = draw.of({Packing::None, Packing::PowerOfTwo, Packing::Any});
  c.schedule.expansion = draw.of({Expansion::Bank, Expansion::Mat});
  c.schedule.gating_group_columns = static_cast<int>(draw.of<Int>({1, 3, 8, 32}));
  c.chip.subarrays_per_mat = static_cast<int>(draw.between(1, 5));
  c.bits = {static_cast<int>(draw.of<Int>({1, 4})), static_cast<int>(draw.of<Int>({1, 8}))};
  return c;
}

std::string describe(const Case &c) {
  const LayerWork &w = c.work;
  return "op " + std::to_string(static_cast<int>(w.op)) + " " + std::to_string(w.inChannels) + "x" +
         std::to_string(w.inHeight) + "x" + std::to_string(w.inWidth) + " to " + std::to_string(w.outChannels) +
         ", kernel " + std::to_string(w.kernel) + " stride " + std::to_string(w.stride) + " padding " +
         std::to_string(w.padding) + ", layout " + std::to_string(w.layoutPatch) + ", columns " +
         std::to_string(c.array.columns) + " rows " + std::to_string(c.array.rows) + " dataflow " +
         c.schedule.dataflow->name + " packing " +
         std::to_string(static_cast<int>(c.schedule.packing)) + " expansion " +
         std::to_string(static_cast<int>(c.schedule.expansion)) + " group " +
         std::to_string(c.schedule.gating_group_columns) + " mat " + std::to_string(c.chip.subarrays_per_mat) +
         " weight bits " + std::to_string(c.bits.weights) + " activation bits " + std::to_string(c.bits.activations);
}

// Columns of the gating groups that a row's slices touch.
Int touched(const std::vector<Slice> &row, Int group, Int columns) {
  std::set<Int> groups;
  for (const Slice &s : row)
    for (Int column = s.column; column < s.column + s.columns; ++column) groups.insert(column / group);
  Int sum = 0;
  for (const Int g : groups) sum += std::min(group, columns - g * group);
  return sum;
}

Int rowOf(const LayerWork &w, const Slice &s, Int element) {  // line of the input map, negative or past it in padding
  return s.pixel / w.outWidth() * w.stride + element % w.kernelArea / w.kernel - w.padding;
}
Int columnOf(const LayerWork &w, const Slice &s, Int element) {
  return s.pixel % w.outWidth() * w.stride + element % w.kernel - w.padding;
}

Int channelOf(const Case &c, const Slice &s, Int i) {
  const bool whole = c.work.op == Op::Linear || c.schedule.dataflow == Dataflow::Tap;
  return c.work.op == Op::Depthwise ? s.channel : (s.element + i) / (whole ? 1 : c.work.kernelArea);
}

// The map's element that stands in the i-th column of a slice; -1: padding.
Int elementOf(const Case &c, const Slice &s, Int i) {
  const LayerWork &w = c.work;
  const Int e = s.element + i;
  if (w.op == Op::Linear) return e;
  if (w.op == Op::Conv && c.schedule.dataflow == Dataflow::Tap) return e * w.inPixels + s.pixel;
  const Int channel = w.op == Op::Depthwise ? s.channel : e / w.kernelArea;
  const Int y = rowOf(w, s, e);
  const Int x = columnOf(w, s, e);
  const bool inside = y >= 0 && x >= 0 && y < w.inHeight && x < w.inWidth;
  return inside ? (channel * w.inHeight + y) * w.inWidth + x : -1;
}

struct Sums {
  Int rowPairs = 0, active = 0, gated = 0, results = 0, operandRows = 0, operandBits = 0, transport = 0;
  Int groups = 0, steps = 0, unitRows = 0, weightRows = 0, segments = 1, partials = 0;
  std::map<std::pair<Int, Int>, Int> weightColumns;  // per weight row of a sub-array
  std::vector<Int> outputs;
};

Int valueOf(Int index) { return index < 0 ? 0 : index * 7919 % 23 - 11; }

Sums walk(const Case &c) {
  const Placement placement(c.work, c.array, c.schedule, c.chip, c.bits);
  const LayerMap &m = placement.map();
  Sums sums;
  sums.outputs.resize(static_cast<std::size_t>(c.work.outElements()));
  std::map<Int, std::set<std::array<Int, 4>>> sent;  // to a mat
  std::set<Int> usedPixels;                          // expansion at the mats: whole channels travel
  std::map<Int, std::set<Int>> subarraysOfOutput;
  std::set<std::pair<Int, Int>> weightRows;
  for (Int subarray = 0; subarray < m.subarrays; ++subarray) {
    Int steps = 0;
    std::set<Int> rowsHere;
    for (Int group = 0; group < placement.groups(subarray); ++group) {
      const auto row = placement.operandRow(subarray, group);
      ++sums.operandRows;
      sums.segments = std::max(sums.segments, static_cast<Int>(row.size()));
      for (const Slice &s : row) {
        EXPECT_GE(s.columns, 1);
        EXPECT_LE(s.column + s.columns, c.array.columns);
        sums.operandBits += s.columns;
        for (Int i = 0; i < s.columns; ++i) {
          if (c.schedule.expansion == Expansion::Bank) {
            sent[subarray / c.chip.subarrays_per_mat].insert({s.channel, s.pixel, s.element + i, 0});
          } else {
            sent[subarray / c.chip.subarrays_per_mat].insert({channelOf(c, s, i), 0, 0, 0});
            if (const Int element = elementOf(c, s, i); element >= 0) usedPixels.insert(element % c.work.inPixels);
          }
        }
      }
      for (const Step &step : placement.steps(subarray, group)) {
        ++steps;
        ++sums.rowPairs;
        rowsHere.insert(step.weightRow);
        sums.gated += touched(row, c.schedule.gating_group_columns, c.array.columns);
        for (const Slice &s : row) {
          const Int pixel = placement.result(s, step);
          if (pixel < 0) continue;
          ++sums.results;
          sums.active += s.columns;
          const Int kernel = c.work.op == Op::Depthwise ? s.channel : step.kernel;
          const Int output = kernel * c.work.pixels + pixel;
          subarraysOfOutput[output].insert(subarray);
          for (Int i = 0; i < s.columns; ++i)
            sums.outputs[static_cast<std::size_t>(output)] +=
                valueOf(elementOf(c, s, i)) * valueOf(kernel * c.work.patch + placement.weight(s, step, i));
        }
      }
    }
    sums.groups = std::max(sums.groups, placement.groups(subarray));
    sums.steps = std::max(sums.steps, steps);
    for (const Int r : rowsHere) weightRows.insert({subarray, r});
    sums.unitRows = std::max(sums.unitRows, static_cast<Int>(rowsHere.size()));
  }
  sums.weightRows = static_cast<Int>(weightRows.size());
  const Int each = c.schedule.expansion == Expansion::Bank ? 1 : static_cast<Int>(usedPixels.size());
  for (const auto &[mat, items] : sent) sums.transport += static_cast<Int>(items.size()) * each;
  for (const auto &[output, subarrays] : subarraysOfOutput) sums.partials += static_cast<Int>(subarrays.size()) - 1;
  return sums;
}

Int convolved(const LayerWork &w, Int kernel, Int pixel) {
  Int sum = 0;
  for (Int e = 0; e < w.patch; ++e) {
    const Int channel = w.op == Op::Depthwise ? kernel : e / w.kernelArea;
    const Int y = pixel / w.outWidth() * w.stride + e % w.kernelArea / w.kernel - w.padding;
    const Int x = pixel % w.outWidth() * w.stride + e % w.kernel - w.padding;
    if (y < 0 || x < 0 || y >= w.inHeight || x >= w.inWidth) continue;
    sum += valueOf((channel * w.inHeight + y) * w.inWidth + x) * valueOf(kernel * w.patch + e);
  }
  return sum;
}

}  // namespace

TEST(Placement, rowByRowSumsEqualTheClosedForms) {
  for (unsigned seed = 0; seed < 250; ++seed) {
    const Case c = randomCase(seed);
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + describe(c));
    const LayerMap m = mapLayer(c.work, c.array, c.schedule, c.chip, c.bits);
    const Sums s = walk(c);
    EXPECT_EQ(m.rowPairs, s.rowPairs);
    EXPECT_EQ(m.steps, s.steps);
    EXPECT_EQ(m.groups, s.groups);
    EXPECT_EQ(m.segments, s.segments);
    EXPECT_EQ(m.results, s.results);
    EXPECT_EQ(m.activeColumns, static_cast<double>(s.active));
    EXPECT_EQ(m.gatedColumns, static_cast<double>(s.gated));
    EXPECT_EQ(m.operandRows, s.operandRows);
    EXPECT_EQ(m.operandBits, s.operandBits);
    EXPECT_EQ(m.transportBits, s.transport);
    if (c.schedule.dataflow == Dataflow::Tap) {  // taps that always fall outside are stored, but never used
      EXPECT_GE(m.weightRows, s.weightRows);
      EXPECT_GE(m.unitRows, s.unitRows);
    } else {
      EXPECT_EQ(m.weightRows, s.weightRows);
      EXPECT_EQ(m.unitRows, s.unitRows);
    }
    EXPECT_GE(m.partials, s.partials);  // a word travels for every output, also where all its taps fall outside
    if (m.parts == 1) {
      EXPECT_EQ(m.partials, s.partials);
    }
    ASSERT_FALSE(HasFailure());
  }
}

TEST(Placement, countsAddUpToTheConvolution) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Case c = randomCase(seed);
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + describe(c));
    const Sums s = walk(c);
    for (Int kernel = 0; kernel < c.work.outChannels; ++kernel)
      for (Int pixel = 0; pixel < c.work.pixels; ++pixel)
        ASSERT_EQ(s.outputs[static_cast<std::size_t>(kernel * c.work.pixels + pixel)],
                  convolved(c.work, kernel, pixel));
  }
}
