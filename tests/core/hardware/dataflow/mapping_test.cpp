// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/mapping.h"

#include <gtest/gtest.h>

#include "core/network/families/families.h"

using namespace pimento;

namespace {

LayerMap mapOf(const LayerWork &work, Dataflow dataflow, Packing packing, Bits bits = {}) {
  Schedule s;
  s.dataflow = dataflow;
  s.packing = packing;
  return mapLayer(work, Array{}, s, Chip{}, bits);
}

// A 3x3 convolution of 16 to 32 channels on 8x8 pixels, stride 1.
LayerWork smallConv(std::int64_t in = 16) {
  LayerWork w;
  w.op = Op::Conv;
  w.inPixels = w.pixels = 64;
  w.inChannels = in;
  w.outChannels = 32;
  w.kernelArea = 9;
  w.inHeight = w.inWidth = 8;
  w.kernel = 3;
  w.padding = 1;
  w.patch = w.layoutPatch = 9 * in;
  w.macs = w.patch * 32 * 64;
  return w;
}

std::int64_t convRows(Dataflow dataflow, Packing packing) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  std::int64_t rows = 0;
  for (const LayerWork &w : workOf(network, network.variants.front()))
    if (w.op == Op::Conv) rows += mapOf(w, dataflow, packing).rowPairs;
  return rows;
}

}  // namespace

TEST(Mapping, unpackedPatchesTakeARowEach) {
  const LayerMap m = mapOf(smallConv(), Dataflow::Patch, Packing::None);
  EXPECT_EQ(m.segments, 1);
  EXPECT_EQ(m.groups, 64);
  EXPECT_EQ(m.rowPairs, 64 * 32);
  EXPECT_EQ(m.activeColumns, 144.0 * 64 * 32);
  EXPECT_EQ(m.copies, 2);  // (256 - 8 - 8) / 8 = 30 kernels a sub-array
  EXPECT_EQ(m.unitRows, 16);
  EXPECT_EQ(m.subarrays, 2);
  EXPECT_EQ(m.operandBits, 64 * 144 * 2);
  EXPECT_NEAR(m.utilisation(512), 144.0 / 512, 1e-12);
}

TEST(Mapping, shortPatchesShareARow) {
  const LayerMap any = mapOf(smallConv(), Dataflow::Patch, Packing::Any);
  EXPECT_EQ(any.segments, 3);
  EXPECT_EQ(any.groups, 22);  // 21 full groups and one patch
  EXPECT_EQ(any.rowPairs, 22 * 32);
  EXPECT_EQ(any.results, 64 * 32);
  const LayerMap power = mapOf(smallConv(), Dataflow::Patch, Packing::PowerOfTwo);
  EXPECT_EQ(power.segments, 2);
  EXPECT_EQ(power.rowPairs, 32 * 32);
}

TEST(Mapping, longPatchesTakeSeveralSubarrays) {
  const LayerMap m = mapOf(smallConv(64), Dataflow::Patch, Packing::Any);  // 576 columns
  EXPECT_EQ(m.chunks, 2);
  EXPECT_EQ(m.rowPairs, 64 * 2 * 32);
  EXPECT_EQ(m.results, 64 * 2 * 32);
  EXPECT_EQ(m.partials, 64 * 32);
  EXPECT_EQ(m.subarrays, 4);
}

// 8x8 pixels of 16 channels, 32 to a row: rows of four lines. Each tap needs both rows; of the pixels, the 7 lines or
// columns that lie inside where it shifts to the side.
TEST(Mapping, tapsMeetPixelsInPlaceOfPatches) {
  const LayerMap m = mapOf(smallConv(), Dataflow::Tap, Packing::PowerOfTwo);
  EXPECT_EQ(m.segments, 32);
  EXPECT_EQ(m.rowPairs, 2 * 9 * 32);
  EXPECT_EQ(m.results, (8 + 7 + 7) * (8 + 7 + 7) * 32);
  EXPECT_EQ(m.copies, 11);  // 30 weight rows: three kernels of nine taps a sub-array
  EXPECT_EQ(m.unitRows, 27);
  EXPECT_EQ(m.steps, 2 * 27);
  EXPECT_EQ(m.operandBits, 64 * 16 * 11);
  EXPECT_EQ(m.partials, 0);
}

// 64 channels: 8 pixels a row, a line each. The first tap needs no last line, the last tap no first.
TEST(Mapping, tapsSkipRowsWithoutAResult) {
  const LayerMap m = mapOf(smallConv(64), Dataflow::Tap, Packing::PowerOfTwo);
  EXPECT_EQ(m.segments, 8);
  EXPECT_EQ(m.rowPairs, (7 + 8 + 7) * 3 * 32);
}

// 7x7 taps do not fit in 30 rows: two parts of 25 and 24, whose partial sums travel.
TEST(Mapping, tapsOfLargeKernelsLieInSeveralSubarrays) {
  LayerWork w = smallConv(3);
  w.kernel = 7;
  w.kernelArea = 49;
  w.padding = 3;
  w.patch = w.layoutPatch = 147;
  const LayerMap m = mapOf(w, Dataflow::Tap, Packing::PowerOfTwo);
  EXPECT_EQ(m.parts, 2);
  EXPECT_EQ(m.copies, 64);
  EXPECT_EQ(m.partials, 64 * 32);
}

// 5x5 pixels, stride 2: phases of 9, 6, 6 and 4 pixels, a row each; a tap meets one of them. Without padding each tap
// gives the four results.
TEST(Mapping, stridedTapsMeetTheRowsOfTheirPhase) {
  LayerWork w = smallConv(32);
  w.inPixels = 25;
  w.pixels = 4;
  w.inHeight = w.inWidth = 5;
  w.stride = 2;
  w.padding = 0;
  const LayerMap m = mapOf(w, Dataflow::Tap, Packing::Any);
  EXPECT_EQ(m.segments, 9);  // of the largest phase; there is room for 16
  EXPECT_EQ(m.groups, 4);
  EXPECT_EQ(m.rowPairs, 9 * 32);
  EXPECT_EQ(m.results, 4 * 9 * 32);
  EXPECT_EQ(m.operandRows, 4 * m.copies);
  EXPECT_EQ(m.operandBits, 25 * 32 * m.copies);
  w.kernel = 1;  // only one phase is used
  w.kernelArea = 1;
  w.pixels = 9;
  w.patch = w.layoutPatch = 32;
  const LayerMap point = mapOf(w, Dataflow::Tap, Packing::Any);
  EXPECT_EQ(point.operandBits, 9 * 32 * point.copies);
  EXPECT_EQ(point.transportBits, 9 * 32);  // the other pixels are not sent either
  EXPECT_EQ(point.results, 9 * 32);
}

TEST(Mapping, depthwiseIsNeverDense) {
  LayerWork w = smallConv(128);
  w.op = Op::Depthwise;
  w.outChannels = 128;
  w.patch = w.layoutPatch = 9;
  for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Tap, Dataflow::Latched}) {
    const LayerMap m = mapOf(w, dataflow, Packing::PowerOfTwo);
    EXPECT_EQ(m.chunks, 3);  // 56 channels a row
    EXPECT_EQ(m.rowPairs, 3 * 64);
    EXPECT_EQ(m.results, 128 * 64);
    EXPECT_EQ(m.activeColumns, 9.0 * 128 * 64);
  }
}

TEST(Mapping, layersWithoutWeightsTakeNoSubarray) {
  LayerWork w;
  w.op = Op::MaxPool;
  w.pixels = 16;
  EXPECT_EQ(mapOf(w, Dataflow::Patch, Packing::Any).subarrays, 0);
}

TEST(Mapping, gatedColumnsLieBetweenDataAndAllColumns) {
  for (const std::int64_t channels : {3, 16, 57, 64, 200}) {
    for (const Packing packing : {Packing::None, Packing::PowerOfTwo, Packing::Any}) {
      const LayerMap m = mapOf(smallConv(channels), Dataflow::Patch, packing);
      EXPECT_GE(m.gatedColumns, m.activeColumns) << channels;
      EXPECT_LE(m.gatedColumns, static_cast<double>(m.rowPairs) * 512) << channels;
      EXPECT_EQ(m.activeColumns, static_cast<double>(smallConv(channels).macs)) << channels;
    }
  }
}

TEST(Mapping, resnet20HasItsHandCountedRowOperations) {
  EXPECT_EQ(convRows(Dataflow::Patch, Packing::None), 208'896);
  EXPECT_EQ(convRows(Dataflow::Patch, Packing::Any), 122'512);
  EXPECT_EQ(convRows(Dataflow::Patch, Packing::PowerOfTwo), 140'288);
  // 79,488 with the rows that give no result: first or last line of a map, for taps that shift up or down.
  EXPECT_EQ(convRows(Dataflow::Tap, Packing::PowerOfTwo), 76'032);
}

// ResNet20 at 0.25 against 1.0: row operations of the convolutions, or the columns that they switch on.
TEST(Mapping, widthRatioOfTheWorkDependsOnTheLayout) {
  enum class Count { Rows, Columns };
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Variant &wide = network.variants.front();
  const auto work = [&](const Variant &variant, const Variant *layout, Packing packing, Count count) {
    double total = 0;
    for (const LayerWork &w : workOf(network, variant, layout)) {
      if (w.op != Op::Conv) continue;
      const LayerMap m = mapOf(w, Dataflow::Patch, packing);
      total += count == Count::Rows ? static_cast<double>(m.rowPairs) : m.activeColumns;
    }
    return total;
  };
  const auto ratio = [&](const Variant *layout, Packing packing, Count count) {
    return work(wide, layout, packing, count) / work(network.variants.back(), layout, packing, count);
  };
  EXPECT_NEAR(ratio(&wide, Packing::None, Count::Rows), 4.43, 0.01);
  EXPECT_NEAR(ratio(&wide, Packing::Any, Count::Rows), 4.80, 0.01);
  EXPECT_NEAR(ratio(&wide, Packing::Any, Count::Columns), 15.49, 0.01);
  EXPECT_NEAR(ratio(nullptr, Packing::Any, Count::Rows), 22.05, 0.01);
}
