// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/hardware/device/device.h"
#include "core/hardware/device/macrospin.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

void curve(benchmark::State &state) {
  constexpr std::array<double, 6> Pulses{0.5, 1, 2, 3, 5, 10};
  for (auto _ : state) benchmark::DoNotOptimize(switchingCurve(Device{}, Pulses));
  targetMs(state, 1000);
}

void failures(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(writeFailures(Device{}, 200, 2, 1000, 1));
  targetMs(state, 1000);
}

// What an estimate asks of the device: the fitted write current and its energy.
void closedFormulas(benchmark::State &state) {
  Device device;
  for (auto _ : state) {
    device.damping += 1e-9;
    benchmark::DoNotOptimize(deviceState(device));
  }
  targetMs(state, 0.01);
}

}  // namespace

BENCHMARK(curve)->Name("switching curve of six pulses")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(failures)->Name("1,000 thermal writes of 2 ns")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(closedFormulas)->Name("device by its fitted formulas")->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
