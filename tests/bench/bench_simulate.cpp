// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device.h"
#include "core/network/families/families.h"
#include "core/simulate/random_network.h"
#include "core/simulate/simulation.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

constexpr int Images = 16;
constexpr double TargetRate = 100;  // images a second, without errors

QuantisedNetwork resnet20(std::size_t variant) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  return randomNetwork(spec, {spec.variants[variant]}, findBinding(spec, QStringLiteral("slimmable")), {}, 1);
}

// A batch of images through the mapped arrays of ResNet20 at 8:8 bits, on two threads.
void images(benchmark::State &state, Dataflow dataflow, const ErrorModel &errors) {
  Accelerator accelerator;
  accelerator.schedule.dataflow = dataflow;
  const QuantisedNetwork network = resnet20(0);
  const BitwiseNetwork bitwise(network, 0, accelerator);
  const SimulationOptions options{.images = Images, .errors = errors, .chips = errors.any() ? 1 : 0};
  double seconds = 0;
  double done = 0;
  for (auto _ : state) {
    const Simulation simulation = simulate(bitwise, options);
    seconds += simulation.runs.back().seconds;
    done += Images;
    state.SetIterationTime(simulation.runs.back().seconds);
  }
  state.counters["images_per_s"] = done / seconds;
  if (!errors.any()) targetMs(state, Images / TargetRate * 1e3);
}

void exactImage(benchmark::State &state) {
  const QuantisedNetwork network = resnet20(0);
  const IntegerProgram program = integerProgram(network, 0);
  const Map image = randomImage(program, 1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(program, image));
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
BENCHMARK(exactImage)->Name("ResNet20 image exactly")->Unit(benchmark::kMillisecond);
BENCHMARK(oneChip)->Name("errors of one chip for ResNet20")->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
