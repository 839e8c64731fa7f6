// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/bitwise.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/estimate/layer_cost.h"
#include "core/network/families/families.h"
#include "core/network/network_builder.h"
#include "core/simulate/bitwise/planes.h"
#include "core/simulate/bitwise/segment_kernels.h"
#include "core/simulate/integers/random_network.h"
#include "tests/core/simulate/random_graphs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// Dataflow, packing, geometry and precision, a different choice for every seed.
Accelerator randomAccelerator(std::uint64_t seed, Bits bits) {
  Accelerator a;
  a.schedule.dataflow = dataflows()[seed % 3];
  a.schedule.packing = static_cast<Packing>(seed / 3 % 3);
  a.schedule.expansion = static_cast<Expansion>(seed / 2 % 2);
  a.array.columns = std::vector{64, 96, 128, 512}[seed / 9 % 4];
  // From room for a single kernel on.
  const int least = a.schedule.scratch_rows + bits.weights + bits.activations;
  a.array.rows = least + static_cast<int>(seed / 7 % 4) * 2 * bits.weights + static_cast<int>(seed % 3);
  a.chip.subarrays_per_mat = 1 + static_cast<int>(seed % 4);
  return a;
}

// The trace of one image against the counting formula.
void expectCounted(const MappedLayer &layer, const RowTrace &trace, const Accelerator &a, Bits bits) {
  const LayerMap map = mapLayer(layer.work, a.array, a.schedule, a.chip, bits);
  const std::int64_t pairs = std::int64_t{bits.weights} * bits.activations;
  EXPECT_EQ(trace.rowOperations, map.rowPairs * pairs);
  EXPECT_EQ(static_cast<double>(trace.dataColumns), map.activeColumns * static_cast<double>(pairs));
  EXPECT_EQ(trace.shifts, map.results * pairs);
  EXPECT_EQ(trace.partials, map.partials);
  EXPECT_EQ(trace.operandRows, map.operandRows * bits.activations);
  EXPECT_EQ(trace.operandBits, map.operandBits * bits.activations);
  EXPECT_EQ(trace.transportBits, map.transportBits * bits.activations);
  EXPECT_EQ(trace.reads, a.schedule.dataflow == Dataflow::Latched ? map.rowPairs * weightReads(bits) : 0);
  EXPECT_EQ(static_cast<std::int64_t>(layer.subarrays.size()), map.subarrays);
  EXPECT_EQ(layer.weightRows, map.weightRows * bits.weights);
  EXPECT_EQ(layer.weightBits, map.weightBits * bits.weights);
}

Bits randomBits(std::uint64_t seed) {
  return {1 + static_cast<int>(seed * 7 % 16), 1 + static_cast<int>(seed * 5 % 16)};
}

QuantisedNetwork family(const char *name, std::size_t variant, Bits bits) {
  const NetworkSpec spec = makeNetwork(QString::fromLatin1(name));
  return randomNetwork(spec, {spec.variants[variant]}, findBinding(spec, spec.bindings.front()), bits, 1);
}

}  // namespace

TEST(Bitwise, equalsExactEvaluationOnRandomNetworks) {
  int chunked = 0, copied = 0, packed = 0, dropping = 0, padding = 0, partial = 0;  // layers of each kind
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const NetworkSpec spec = randomGraph(seed);
    const Bits bits = randomBits(seed);
    const Accelerator accelerator = randomAccelerator(seed, bits);
    const auto zero = seed % 2 == 0 ? ZeroPoints::Usual : ZeroPoints::Any;
    const QuantisedNetwork network = randomNetwork(spec, randomVariants(spec, seed),
                                                   findBinding(spec, QStringLiteral("slimmable")), bits, seed, zero);
    for (std::size_t v = 0; v < network.variants.size(); ++v) {
      const BitwiseNetwork bitwise(network, v, accelerator);
      const Map image = randomImage(bitwise.program(), seed, 1);
      std::vector<RowTrace> traces;
      EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image));
      for (std::size_t i = 0; i < traces.size(); ++i) {
        expectCounted(bitwise.layers()[i], traces[i], accelerator, bits);
        const RowPlan &plan = bitwise.layers()[i].plan;
        chunked += plan.chunks > 1 ? 1 : 0;
        copied += plan.copies > 1 ? 1 : 0;
        packed += plan.segments > 1 ? 1 : 0;
        dropping += traces[i].padding == 0 && plan.taps ? 1 : 0;
        padding += traces[i].padding > 0 ? 1 : 0;
        partial += traces[i].partials > 0 ? 1 : 0;
      }
    }
  }
  for (const int layers : {chunked, copied, packed, dropping, padding, partial}) EXPECT_GT(layers, 20);
}

TEST(Bitwise, stopsWhenItIsAsked) {
  const QuantisedNetwork network = family("resnet20-slimmable", 3, {8, 8});
  const BitwiseNetwork bitwise(network, 0, Accelerator{});
  std::stop_source stop;
  stop.request_stop();
  std::vector<RowTrace> traces;
  EXPECT_THROW(
      static_cast<void>(bitwise.run(randomImage(bitwise.program(), 1, 0), traces, nullptr, 0, stop.get_token())),
      Error);
  for (const RowTrace &trace : traces) EXPECT_EQ(trace.rowOperations, 0);
}

// Depthwise kernels of 81 weights on rows of 64 columns.
TEST(Bitwise, equalsExactEvaluationOnDepthwiseKernelsWiderThanARow) {
  NetworkBuilder net(QStringLiteral("wide"), QStringLiteral("Wide"), {5, 11, 10});
  LayerId x = net.depthwise(QStringLiteral("depthwise"), 0, 9, 2);
  x = net.batchNorm(QStringLiteral("norm"), x, Activation::Relu);
  net.linear(QStringLiteral("classes"), x, net.space(3, false));
  net.spec().bindings = {QStringLiteral("slimmable")};
  const NetworkSpec spec = net.spec();
  const Bits bits{5, 6};
  const QuantisedNetwork network = randomNetwork(
      spec, {widthVariant(spec, 1)}, findBinding(spec, QStringLiteral("slimmable")), bits, 2, ZeroPoints::Any);
  for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Tap, Dataflow::Latched}) {
    Accelerator accelerator;
    accelerator.array.columns = 64;
    accelerator.array.rows = 30;
    accelerator.schedule.dataflow = dataflow;
    const BitwiseNetwork bitwise(network, 0, accelerator);
    ASSERT_EQ(bitwise.layers()[0].plan.operands, Operands::OfCopy);
    const Map image = randomImage(bitwise.program(), 1, 1);
    std::vector<RowTrace> traces;
    EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image));
    for (std::size_t i = 0; i < traces.size(); ++i) expectCounted(bitwise.layers()[i], traces[i], accelerator, bits);
  }
}

// Every way of counting a segment against the product it stands for.
TEST(Bitwise, countsASegmentAsTheSumOfProducts) {
  Random random(8);
  for (int trial = 0; trial < 200; ++trial) {
    const Bits bits{1 + static_cast<int>(random.below(16)), 1 + static_cast<int>(random.below(16))};
    const auto cells = static_cast<std::int64_t>(1 + random.below(200));
    const int words = static_cast<int>((cells + 63) / 64);
    std::vector<std::uint16_t> operands(static_cast<std::size_t>(cells));
    for (auto &q : operands) q = static_cast<std::uint16_t>(random.below(std::uint64_t{1} << bits.activations));
    std::vector<std::uint64_t> a(static_cast<std::size_t>(bits.activations * words));
    toPlanes(operands.data(), cells, bits.activations, a.data(), words, words);
    std::vector<std::uint64_t> block(static_cast<std::size_t>(bits.weights * words * Lanes));
    std::array<std::int64_t, Lanes> expected{};
    for (int lane = 0; lane < Lanes; ++lane) {
      std::vector<std::uint16_t> weights(operands.size());
      for (std::size_t i = 0; i < weights.size(); ++i) {
        const IntegerRange range = signedRange(bits.weights);
        const auto w = range.low + static_cast<std::int64_t>(random.below(std::uint64_t{1} << bits.weights));
        weights[i] = static_cast<std::uint16_t>(w);
        expected[static_cast<std::size_t>(lane)] += w * operands[i];
      }
      std::vector<std::uint64_t> planes(static_cast<std::size_t>(bits.weights * words));
      toPlanes(weights.data(), cells, bits.weights, planes.data(), words, words);
      for (const SegmentKernels *kernels : usableSegmentKernels())
        EXPECT_EQ(kernels->row(a.data(), planes.data(), words, bits.weights, bits.activations),
                  expected[static_cast<std::size_t>(lane)])
            << kernels->name;
      for (std::size_t w = 0; w < planes.size(); ++w) block[w * Lanes + static_cast<std::size_t>(lane)] = planes[w];
    }
    for (const SegmentKernels *kernels : usableSegmentKernels()) {
      std::array<std::int64_t, Lanes> sums{};
      kernels->lanes(a.data(), block.data(), words, bits.weights, bits.activations, sums.data());
      EXPECT_EQ(sums, expected) << kernels->name;
    }
  }
}

TEST(Bitwise, equalsExactEvaluationOnTheWidestIntegers) {
  for (const int bits : {1, 2, 8, 16}) {
    const NetworkSpec spec = randomGraph(6);
    QuantisedNetwork network =
        randomNetwork(spec, {widthVariant(spec, 1)}, findBinding(spec, QStringLiteral("slimmable")), {bits, bits}, 3);
    for (auto &[name, tensor] : network.weights)
      for (std::size_t i = 0; i < tensor.values.size(); ++i)
        tensor.values[i] = static_cast<std::int16_t>(i % 2 == 0 ? signedRange(bits).low : signedRange(bits).high);
    for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Tap, Dataflow::Latched}) {
      Accelerator accelerator;
      accelerator.schedule.dataflow = dataflow;
      const BitwiseNetwork bitwise(network, 0, accelerator);
      Map image(static_cast<std::size_t>(bitwise.program().input().elements()));
      for (std::size_t i = 0; i < image.size(); ++i)
        image[i] = static_cast<std::uint16_t>(i % 3 == 0 ? 0 : activationRange(bits).high);
      std::vector<RowTrace> traces;
      EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image)) << bits;
    }
  }
}

TEST(Bitwise, equalsExactEvaluationOnResnet20) {
  const QuantisedNetwork network = family("resnet20-slimmable", 3, {8, 8});
  for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Tap, Dataflow::Latched}) {
    Accelerator accelerator;
    accelerator.schedule.dataflow = dataflow;
    const BitwiseNetwork bitwise(network, 0, accelerator);
    const Map image = randomImage(bitwise.program(), 1, 2);
    std::vector<RowTrace> traces;
    EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image));
    for (std::size_t i = 0; i < traces.size(); ++i) expectCounted(bitwise.layers()[i], traces[i], accelerator, {});
  }
}

// What an estimate counts for a width in the layout of the widest one is what is executed.
TEST(Bitwise, keepsTheLayoutOfTheWidest) {
  const QuantisedNetwork network = family("resnet20-slimmable", 3, {8, 8});
  Accelerator accelerator;
  accelerator.schedule.layout = Layout::Widest;
  const BitwiseNetwork bitwise(network, 0, accelerator);
  const Map image = randomImage(bitwise.program(), 1, 2);
  std::vector<RowTrace> traces;
  EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image));
  double executed = 0;
  for (std::size_t i = 0; i < traces.size(); ++i) {
    expectCounted(bitwise.layers()[i], traces[i], accelerator, {});
    executed += static_cast<double>(traces[i].rowOperations);
  }
  const auto works = workOf(network.spec, network.variants[0].variant, Layout::Widest);
  EXPECT_EQ(executed, estimateTotals(works, buildMachine(accelerator), {}).rowOperations);
}

TEST(Bitwise, equalsExactEvaluationOnDepthwisePairs) {
  const QuantisedNetwork network = family("deco-mobilenetv1", 3, {4, 4});
  const BitwiseNetwork bitwise(network, 0, Accelerator{});
  const Map image = randomImage(bitwise.program(), 1, 2);
  std::vector<RowTrace> traces;
  EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image));
  for (std::size_t i = 0; i < traces.size(); ++i) expectCounted(bitwise.layers()[i], traces[i], {}, {4, 4});
}

TEST(Bitwise, refusesWhatItDoesNotSimulate) {
  const QuantisedNetwork network = family("resnet20-slimmable", 3, {2, 2});
  Accelerator accelerator;
  accelerator.schedule.write_back = Toggle::On;
  EXPECT_THROW((BitwiseNetwork(network, 0, accelerator)), Error);
}
