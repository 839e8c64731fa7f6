// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/faulty_chip.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "core/hardware/sense/sense_map.h"
#include "core/network/network_builder.h"
#include "core/simulate/bitwise/simulation.h"
#include "core/simulate/bitwise/subarray_errors.h"
#include "core/simulate/integers/random_network.h"

using namespace pimento;

namespace {

constexpr Bits Precision{3, 4};

// One convolution with its batch norm: what its accumulators become is easy to follow.
NetworkSpec oneConvolution() {
  NetworkBuilder net(QStringLiteral("one"), QStringLiteral("One"), {6, 5, 5});
  LayerId x = net.conv(QStringLiteral("conv"), 0, net.space(7), 3, 1, false);
  x = net.batchNorm(QStringLiteral("norm"), x, Activation::Relu);
  net.linear(QStringLiteral("classes"), x, net.space(4, false));
  net.spec().bindings = {QStringLiteral("slimmable")};
  return net.spec();
}

QuantisedNetwork quantised() {
  const NetworkSpec spec = oneConvolution();
  return randomNetwork(spec, {widthVariant(spec, 1)}, findBinding(spec, QStringLiteral("slimmable")), Precision, 4);
}

// Amplifiers so bad that many columns err, and so cold that noise decides next to nothing.
Accelerator badAmplifiers(Dataflow dataflow) {
  Accelerator a;
  a.array.columns = 128;
  a.schedule.dataflow = dataflow;
  a.schedule.packing = Packing::Any;
  a.sensing.offset_mv = dataflow == Dataflow::Latched ? 60 : 15;
  a.sensing.resistance_sigma_pct = 1;
  a.device.temperature_k = 1e-6;
  a.device.curie_temperature_k = 1e6;  // the junction as it is at 300 K, and the transistor too
  a.sensing.access_ohm *= std::exp(PeripheryDriveLoss_per_k * Reference_k);
  return a;
}

// Is this column, with these rows open, read as a one?
bool sensed(const SenseMap &map, SenseOp op, std::span<const int> rows, int column, unsigned state) {
  return map.excess_mv(op, rows, column, state) > 0;
}

// Accumulators of the convolution, amplifier by amplifier: every row operation and every column of every segment, the
// slow way. One sub-array, patch dataflow or latched.
std::vector<std::int64_t> columnByColumn(const IntegerLayer &layer, const MappedLayer &mapped, const Map &map,
                                         const SenseMap &chip) {
  const RowPlan &plan = mapped.plan;
  const int pixels = layer.out.height * layer.out.width;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(layer.out.elements()));
  for (int kernel = 0; kernel < layer.out.channels; ++kernel)
    for (int pixel = 0; pixel < pixels; ++pixel)
      for (int column = 0; column < plan.width; ++column) {
        const int place = pixel % plan.segments * plan.width + column;
        int operand = 0;
        int weight = 0;
        if (column < layer.patch) {
          const int channel = column / 9;
          const int y = pixel / layer.out.width + column % 9 / 3 - 1;
          const int x = pixel % layer.out.width + column % 3 - 1;
          const bool inside = y >= 0 && x >= 0 && y < layer.in.height && x < layer.in.width;
          operand = inside ? map[static_cast<std::size_t>((channel * layer.in.height + y) * layer.in.width + x)]
                           : layer.inZero;
          weight = layer.kernelWeights(kernel)[column];
        }
        for (int m = 0; m < Precision.weights; ++m)
          for (int n = 0; n < Precision.activations; ++n) {
            const bool a = (operand >> n & 1) != 0;
            const bool w = (weight >> m & 1) != 0;
            const int row = plan.firstWeightRow(Precision) + kernel * Precision.weights + m;
            const bool one =
                plan.latched ? a && sensed(chip, SenseOp::Read, std::array{row}, place, w ? 1 : 0)
                             : sensed(chip, SenseOp::And2, std::array{n, row}, place, (a ? 1U : 0U) + (w ? 2U : 0U));
            if (one)
              sums[static_cast<std::size_t>(kernel * pixels + pixel)] +=
                  (m == Precision.weights - 1 ? -1 : 1) * (std::int64_t{1} << (m + n));
          }
      }
  return sums;
}

}  // namespace

TEST(FaultyChip, tellsWhatEachAmplifierTells) {
  const QuantisedNetwork network = quantised();
  for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Latched}) {
    const BitwiseNetwork bitwise(network, 0, badAmplifiers(dataflow));
    const MappedLayer &mapped = bitwise.layers()[0];
    const IntegerLayer &layer = bitwise.program().layers[mapped.index];
    ASSERT_EQ(mapped.subarrays.size(), 1U);
    ASSERT_EQ(mapped.plan.segments, 2);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const FaultyChip chip(bitwise, {true, 0}, seed);
      const SenseMap map(bitwise.accelerator(), seed, 0);
      const Map image = randomImage(bitwise.program(), 9, seed);
      std::vector<RowTrace> traces;
      const Evaluation run = bitwise.run(image, traces, &chip, seed);
      EXPECT_EQ(run.maps[mapped.index], requantised(layer, columnByColumn(layer, mapped, image, map)).map);
      EXPECT_GT(traces[0].wrongSenses, 0);
      EXPECT_GE(traces[0].wrongSenses, traces[0].wrongCounts);
      EXPECT_NE(run, evaluate(bitwise.program(), image));
    }
  }
}

TEST(FaultyChip, noiseErrsAtItsRate) {
  std::vector<CellFault> faults(1);
  faults[0].wrong = {0.25F, 1.0F};
  faults[0].m = 1;
  const std::uint64_t zero = 0;
  RowPlan plan;
  plan.cells = 1;
  plan.columns = 64;
  Random random(5);
  RowTrace trace;
  FaultWalk walk(plan, {3, 1}, &zero, 1, random, trace);
  std::int64_t sum = 0;
  for (int i = 0; i < 10'000; ++i) walk.run(faults, [&](int, std::int64_t change) { sum += change; });
  EXPECT_NEAR(static_cast<double>(trace.wrongSenses), 2500, 5 * std::sqrt(10'000 * 0.25 * 0.75));
  EXPECT_EQ(sum, 2 * trace.wrongSenses);
}

TEST(FaultyChip, cellsThatAreNotWrittenKeepTheirBit) {
  constexpr int Words = 40;
  Random random(3);
  std::vector<std::uint64_t> before(Words);
  std::vector<std::uint64_t> rows(Words);
  std::int64_t switching = 0;
  for (std::size_t i = 0; i < Words; ++i) {
    before[i] = random.bits();
    rows[i] = random.bits();
    switching += std::popcount(before[i] ^ rows[i]);
  }
  const WrittenCells cells{4, 10, 64, 1};
  const auto wrongAt = [&](double rate) {
    std::vector<std::uint64_t> stored = before;
    const std::int64_t wrong = writeWithErrors(cells, rows.data(), stored, rate, random);
    std::int64_t differ = 0;
    for (std::size_t i = 0; i < Words; ++i) {
      EXPECT_EQ((stored[i] ^ rows[i]) & ~(before[i] ^ rows[i]), 0U) << "only bits that switch can be wrong";
      differ += std::popcount(stored[i] ^ rows[i]);
    }
    EXPECT_EQ(differ, wrong);
    return wrong;
  };
  EXPECT_EQ(wrongAt(0), 0);
  EXPECT_EQ(wrongAt(1), switching);
  const double expected = static_cast<double>(switching) * 0.1;
  EXPECT_NEAR(static_cast<double>(wrongAt(0.1)), expected, 5 * std::sqrt(expected * 0.9));
}

TEST(FaultyChip, nothingIsAddedWhereNothingIsWritten) {
  const QuantisedNetwork network = quantised();
  for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Tap, Dataflow::Latched}) {
    Accelerator accelerator;
    accelerator.schedule.dataflow = dataflow;
    const BitwiseNetwork bitwise(network, 0, accelerator);
    const FaultyChip chip(bitwise, {false, 1}, 1);
    EXPECT_GT(chip.wrongWeightBits(), 0);
    const IntegerLayer &layer = bitwise.program().layers[1];
    std::vector<std::int64_t> nothing(static_cast<std::size_t>(layer.out.elements()));
    std::vector<RowTrace> traces;
    const Map image = randomImage(bitwise.program(), 1, 1);
    const Evaluation run = bitwise.run(image, traces, &chip, 1);
    if (dataflow != Dataflow::Tap) {  // there padding is added by the digital unit
      EXPECT_EQ(run.maps[1], requantised(layer, nothing).map);
    }
    EXPECT_EQ(traces[0].wrongWrites > 0, dataflow != Dataflow::Latched);
  }
}

TEST(FaultyChip, errorsChangeResultsButNotTheWork) {
  const QuantisedNetwork network = quantised();
  Accelerator accelerator;
  accelerator.sensing.offset_mv = 12;
  const BitwiseNetwork bitwise(network, 0, accelerator);
  const Simulation simulation =
      simulate(bitwise, {.images = 6, .imageSeed = 2, .errors = {true, 0.01}, .chips = 3, .firstChipSeed = 10});
  ASSERT_EQ(simulation.runs.size(), 4U);
  const ChipRun &ideal = simulation.runs[0];
  EXPECT_EQ(ideal.changedImages, 0);
  for (const std::int64_t wrong : ideal.wrong) EXPECT_EQ(wrong, 0);
  std::int64_t changed = 0;
  for (std::size_t r = 1; r < 4; ++r) {
    const ChipRun &run = simulation.runs[r];
    EXPECT_EQ(run.chipSeed, 9 + r);
    for (std::size_t i = 0; i < run.traces.size(); ++i) {
      RowTrace trace = run.traces[i];
      EXPECT_GT(trace.wrongWrites, 0);
      trace.wrongWrites = trace.wrongSenses = trace.wrongCounts = 0;
      EXPECT_EQ(trace, ideal.traces[i]);
    }
    EXPECT_GT(run.wrong[1], 0);
    changed += run.changedImages;
  }
  EXPECT_GT(changed, 0);
  EXPECT_NE(simulation.runs[1].wrong, simulation.runs[2].wrong);
}

TEST(FaultyChip, imagesAndChipsDoNotDependOnWhatRunsBesideThem) {
  const QuantisedNetwork network = quantised();
  const BitwiseNetwork bitwise(network, 0, Accelerator{});
  const ErrorModel errors{true, 0.02};
  const auto run = [&](std::int64_t images, int chips) {
    return simulate(bitwise, {.images = images, .errors = errors, .chips = chips});
  };
  const Simulation a = run(5, 2);
  const Simulation b = run(5, 1);
  EXPECT_EQ(a.runs[1].traces, b.runs[1].traces);
  EXPECT_EQ(a.runs[1].wrong, b.runs[1].wrong);
  std::vector<RowTrace> traces;
  const FaultyChip chip(bitwise, errors, 1);
  for (std::uint64_t image : {4, 2, 0, 1, 3})
    (void)bitwise.run(randomImage(bitwise.program(), 1, image), traces, &chip, image);
  EXPECT_EQ(a.runs[1].traces, traces);
}

TEST(Simulation, countsOnlyWhatWasDoneBeforeAStop) {
  const QuantisedNetwork network = quantised();
  const BitwiseNetwork bitwise(network, 0, Accelerator{});
  std::stop_source source;
  const Simulation simulation =
      simulate(bitwise, {.images = 2000}, source.get_token(), [&](std::int64_t done, std::int64_t all) {
        EXPECT_EQ(all, 2000);
        if (done == 300) source.request_stop();
      });
  EXPECT_EQ(simulation.images, 288);  // nine whole batches
  EXPECT_EQ(simulation.runs[0].changedImages, 0);
  EXPECT_GT(simulation.runs[0].traces[0].rowOperations, 0);
}
