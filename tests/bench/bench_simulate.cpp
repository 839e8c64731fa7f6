// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/device.h"
#include "core/network/families/families.h"
#include "core/simulate/bitwise/simulation.h"
#include "core/simulate/integers/patch_reader.h"
#include "core/simulate/integers/random_network.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

constexpr int ImageCount = 16;
constexpr double TargetRate = 100;  // images a second, without errors

QuantisedNetwork resnet20(std::size_t variant, Bits bits = {}) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  return randomNetwork(spec, {spec.variants[variant]}, findBinding(spec, QStringLiteral("slimmable")), bits, 1);
}

// A batch of images through the mapped arrays of ResNet20 at 8:8 bits, on two threads.
void images(benchmark::State &state, Dataflow dataflow, const ErrorModel &errors) {
  Accelerator accelerator;
  accelerator.schedule.dataflow = dataflow;
  const QuantisedNetwork network = resnet20(0);
  const BitwiseNetwork bitwise(network, 0, accelerator);
  const SimulationOptions options{.images = ImageCount, .errors = errors, .chips = errors.any() ? 1 : 0};
  double seconds = 0;
  double done = 0;
  for (auto _ : state) {
    const Simulation simulation = simulate(bitwise, options);
    seconds += simulation.runs.back().seconds;
    done += ImageCount;
    state.SetIterationTime(simulation.runs.back().seconds);
  }
  state.counters["images_per_s"] = done / seconds;
  if (!errors.any()) targetMs(state, ImageCount / TargetRate * 1e3);
}

// Accumulators patch by patch, each kernel's products added one after another: what strips are held against.
std::vector<std::int64_t> patchByPatch(const IntegerLayer &layer, const Map &input) {
  const std::int64_t pixels = std::int64_t{layer.out.height} * layer.out.width;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(layer.out.elements()));
  std::vector<std::uint16_t> patch(static_cast<std::size_t>(layer.patch));
  const PatchReader reader(layer, input);
  for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
    reader.read(static_cast<int>(pixel / layer.out.width), static_cast<int>(pixel % layer.out.width), patch.data());
    for (int k = 0; k < layer.out.channels; ++k) {
      std::int32_t sum = 0;
      const std::int16_t *weights = layer.kernelWeights(k);
      for (std::int64_t i = 0; i < layer.patch; ++i)
        sum += std::int32_t{weights[i]} * static_cast<std::int16_t>(patch[static_cast<std::size_t>(i)]);
      sums[static_cast<std::size_t>(k * pixels + pixel)] = sum;
    }
  }
  return sums;
}

void exactImage(benchmark::State &state, Bits bits, std::size_t variant, const Accumulate &accumulate) {
  const QuantisedNetwork network = resnet20(variant, bits);
  const IntegerProgram program = integerProgram(network, 0);
  const Map image = randomImage(program, 1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(evaluateWith(program, image, accumulate));
}

void oneChip(benchmark::State &state) {
  const QuantisedNetwork network = resnet20(0);
  const BitwiseNetwork bitwise(network, 0, Accelerator{});
  const ErrorModel errors{true, writeErrorRate(Device{})};
  std::uint64_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(FaultyChip(bitwise, errors, ++seed).faultCount());
}

const ErrorModel Off;
const ErrorModel All{true, writeErrorRate(Device{})};

}  // namespace

BENCHMARK_CAPTURE(images, patch, Dataflow::Patch, Off)
    ->Name("16 ResNet20 images bit by bit, patch")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(images, tap, Dataflow::Tap, Off)
    ->Name("16 ResNet20 images bit by bit, tap")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(images, latched, Dataflow::Latched, Off)
    ->Name("16 ResNet20 images bit by bit, latched")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(images, errors, Dataflow::Patch, All)
    ->Name("16 ResNet20 images bit by bit, all errors")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exactImage, patches, Bits{8, 8}, 0, patchByPatch)
    ->Name("ResNet20 image exactly, patch by patch")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exactImage, strips, Bits{8, 8}, 0, exactAccumulators)
    ->Name("ResNet20 image exactly")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exactImage, wide, Bits{16, 16}, 0, exactAccumulators)
    ->Name("ResNet20 image exactly, 16:16 bits")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exactImage, quarter, Bits{8, 8}, 3, exactAccumulators)
    ->Name("ResNet20 0.25x image exactly")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(oneChip)->Name("errors of one chip for ResNet20")->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
