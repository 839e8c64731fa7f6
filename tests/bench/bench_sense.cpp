// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_errors.h"
#include "core/hardware/sense/sense_histogram.h"
#include "core/hardware/sense/sense_map.h"
#include "core/hardware/sense/sense_trials.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

// What a slider asks for: every operation's cost with its headline error.
void allCosts(benchmark::State &state) {
  Sensing s;
  for (auto _ : state) {
    s.tmr_pct += 1e-6;
    for (std::size_t op = 0; op < SenseOpCount; ++op)
      benchmark::DoNotOptimize(physicalSense(s, static_cast<SenseOp>(op), 76.8, 1));
  }
  targetMs(state, 0.1);
}

void allErrors(benchmark::State &state) {
  for (auto _ : state)
    for (std::size_t op = 0; op < SenseOpCount; ++op)
      benchmark::DoNotOptimize(senseErrors(Sensing{}, static_cast<SenseOp>(op)));
  targetMs(state, 0.1);
}

void histogram(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(marginHistogram({}, SenseOp::And3, 10'000, 1));
  targetMs(state, 50);
}

void monteCarlo(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(senseTrials({}, SenseOp::And2, 1'000'000, 1));
  targetMs(state, 1000);
}

void makeMaps(benchmark::State &state) {
  const Accelerator accelerator;
  std::int64_t subarray = 0;
  for (auto _ : state) benchmark::DoNotOptimize(SenseMap(accelerator, 1, subarray++).marginalColumns(SenseOp::And2));
  targetMs(state, 0.2);
}

// Eight operand planes against 240 weight rows of one sub-array: what one copy of its faults costs.
void findFaults(benchmark::State &state) {
  const Accelerator accelerator;
  std::int64_t subarray = 0;
  for (auto _ : state) {
    const SenseMap map(accelerator, 1, subarray++);
    SenseFaults finder(map, SenseOp::And2, ReadNoise::On);
    std::vector<SenseFault> faults;
    for (int operand = 0; operand < 8; ++operand)
      for (int weight = 8; weight < 248; ++weight) finder.append(std::array{operand, weight}, faults);
    benchmark::DoNotOptimize(faults.data());
  }
  targetMs(state, 20);
}

}  // namespace

BENCHMARK(allCosts)->Name("costs of six senses, errors included")->Unit(benchmark::kMicrosecond);
BENCHMARK(allErrors)->Name("analytic error tables of six senses")->Unit(benchmark::kMicrosecond);
BENCHMARK(histogram)->Name("margin histogram, 10,000 trials of AND3")->Unit(benchmark::kMillisecond);
BENCHMARK(monteCarlo)
    ->Name("Monte Carlo of AND2, 1,000,000 trials a state")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(makeMaps)->Name("map of one sub-array as made")->Unit(benchmark::kMicrosecond);
BENCHMARK(findFaults)->Name("faults of 1,920 pairs of rows in one sub-array")->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
