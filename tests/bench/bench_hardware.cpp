// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

// All four widths of ResNet20 from the accelerator's parameters on, as `pimento estimate` does it, texts and all.
void resnet20Table(benchmark::State &state) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Accelerator accelerator;
  for (auto _ : state) benchmark::DoNotOptimize(estimateTable(network, network.variants, accelerator, {}));
  targetMs(state, 5);
}

// What a slider does: parameters to the totals of one network.
void resnet20Slider(benchmark::State &state) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto works = workOf(network, network.variants.front());
  Accelerator accelerator;
  for (auto _ : state) {
    accelerator.sensing.tmr_pct += 1e-6;
    benchmark::DoNotOptimize(estimateTotals(works, buildMachine(accelerator), {}));
  }
  targetMs(state, 1);
}

// Totals alone, without allocation: the rate counts layers with weights. Five million of them a second is the target,
// so an iteration (a network) may take a fifth of a microsecond for each.
void totalsOnly(benchmark::State &state) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet50-slimmable"));
  const auto works = workOf(network, network.variants.front());
  const Machine machine = buildMachine(Accelerator{});
  const auto layers = std::count_if(works.begin(), works.end(), [](const LayerWork &w) { return hasWeights(w.op); });
  for (auto _ : state) benchmark::DoNotOptimize(estimateTotals(works, machine, {}));
  state.counters["layers_per_s"] =
      benchmark::Counter(static_cast<double>(layers), benchmark::Counter::kIsIterationInvariantRate);
  targetMs(state, static_cast<double>(layers) * 0.2e-3);
}

void readBuiltInProfile(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(builtInProfile(builtInProfiles().front()));
  targetMs(state, 1);
}

}  // namespace

BENCHMARK(resnet20Table)->Name("estimate of four ResNet20 widths")->Unit(benchmark::kMillisecond);
BENCHMARK(resnet20Slider)->Name("parameters to ResNet20 totals")->Unit(benchmark::kMillisecond);
BENCHMARK(totalsOnly)->Name("totals of ResNet50, 54 layers")->Unit(benchmark::kMillisecond);
BENCHMARK(readBuiltInProfile)->Name("built-in profile read")->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
