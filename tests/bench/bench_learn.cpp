// SPDX-License-Identifier: GPL-3.0-or-later
// Training steps at batch 128. A target that is a ratio is measured in the same run: both sides take turns.
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <chrono>
#include <fstream>
#include <numeric>

#include "core/base/parallel.h"
#include "core/learn/lanes/ceiling.h"
#include "core/learn/module/network_module.h"
#include "core/learn/train/batch_loader.h"
#include "core/learn/train/losses.h"
#include "core/learn/train/optimiser.h"
#include "core/learn/train/process_memory.h"
#include "core/network/counts.h"
#include "core/network/families/families.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;
using namespace pimento::learn;

namespace {

constexpr int Batch = 128;
constexpr int Classes = 10;
constexpr double FusedRatio = 2.4;  // four widths over the largest alone; arithmetic alone is 1.9
constexpr double JointRatio = 1.6;  // four heads over the first alone
constexpr double CeilingShare = 0.55;
constexpr double WaitShare = 0.03;

using Clock = std::chrono::steady_clock;

// From here on, the most memory is counted anew.
void forgetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;
}

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// A network in training on one batch.
class Trainee {
 public:
  Trainee(const char *network, const char *binding)
      : m_spec(makeNetwork(QString::fromLatin1(network), Classes)),
        m_module(m_spec, m_spec.variants, findBinding(m_spec, QString::fromLatin1(binding))) {
    forgetPeak();
    at::set_num_threads(static_cast<int>(workerThreads()));
    m_module.initialise(1);
    m_momentum = at::zeros_like(m_module.store().trained());
    m_recipe.learning_rate = 1e-3;
    const Shape &shape = m_spec.input;
    m_images = at::randn({Batch, shape.height, shape.width, shape.channels}).permute({0, 3, 1, 2});
    m_labels = at::arange(Batch, at::kLong).remainder(Classes);
  }

  // Seconds of an update of the first `count` variants.
  double step(std::size_t count) { return step(count, m_images, m_labels); }

  double step(std::size_t count, const at::Tensor &images, const at::Tensor &labels) {
    const auto start = Clock::now();
    std::vector<std::size_t> variants(count);
    std::iota(variants.begin(), variants.end(), std::size_t{0});
    m_module.store().gradients().zero_();
    at::Tensor total;
    for (const at::Tensor &scores : m_module.forward(images, variants, Mode::Train)) {
      const at::Tensor loss = lossOf(scores, labels, {}, m_recipe);
      total = total.defined() ? total + loss : loss;
    }
    torch::autograd::backward({total}, {});
    const at::NoGradGuard noGradient;
    descend(m_module.store(), m_momentum, m_recipe, m_recipe.learning_rate);
    return secondsSince(start);
  }

  // Operations of an update of the first variant: forward, gradients of inputs, gradients of weights.
  [[nodiscard]] double flops() const {
    return 2.0 * 3 * Batch * static_cast<double>(total(m_spec, countLayers(m_spec, m_spec.variants[0])).macs);
  }
  [[nodiscard]] const NetworkSpec &spec() const { return m_spec; }
  [[nodiscard]] std::size_t variants() const { return m_spec.variants.size(); }

 private:
  NetworkSpec m_spec;
  NetworkModule m_module;
  Recipe m_recipe;
  at::Tensor m_momentum;
  at::Tensor m_images;
  at::Tensor m_labels;
};

void counters(benchmark::State &state, double step_s, double target_s) {
  state.counters["images_per_s"] = Batch / step_s;
  state.counters["peak_mb"] = peakMemory_mb();
  targetMs(state, target_s * 1e3);
}

// The best of the iterations counts: others that use the machine only add to a time.
void largestAlone(benchmark::State &state) {
  Trainee resnet("resnet20-slimmable", "slimmable");
  static_cast<void>(resnet.step(1));
  double best_s = 1e9;
  double ceiling_flops = 0;
  for (auto _ : state) {
    ceiling_flops = std::max(ceiling_flops, bestConvolution_flops());
    const double s = resnet.step(1);
    best_s = std::min(best_s, s);
    state.SetIterationTime(s);
  }
  counters(state, best_s, resnet.flops() / (CeilingShare * ceiling_flops));
  state.counters["share_of_ceiling"] = resnet.flops() / best_s / ceiling_flops;
  state.counters["best_ms"] = best_s * 1e3;
}

// All variants against the first alone.
void allVariants(benchmark::State &state, const char *network, const char *binding, double ratio) {
  Trainee trainee(network, binding);
  static_cast<void>(trainee.step(trainee.variants()));
  double one_s = 1e9;
  double all_s = 1e9;
  for (auto _ : state) {
    one_s = std::min(one_s, trainee.step(1));
    const double s = trainee.step(trainee.variants());
    all_s = std::min(all_s, s);
    state.SetIterationTime(s);
  }
  counters(state, all_s, ratio * one_s);
  state.counters["ratio"] = all_s / one_s;
  state.counters["best_ms"] = all_s * 1e3;
}

// Time that updates of the largest ResNet20 wait for their batch, a batch each.
void waitForData(benchmark::State &state) {
  Trainee resnet("resnet20-slimmable", "slimmable");
  constexpr std::size_t Images = 2048;
  const Shape grey{1, 28, 28};
  std::vector<std::uint8_t> pixels(Images * static_cast<std::size_t>(grey.elements()), 100);
  InputRecipe input{resnet.spec().input, false, 2, true, {{0.5}, {0.25}}};
  const Source source{
      prepared(makeImages(grey, std::vector<std::uint16_t>(Images), std::move(pixels), QStringLiteral("grey")), input),
      input};
  std::vector<std::uint32_t> order(Images);
  std::iota(order.begin(), order.end(), 0U);
  BatchLoader loader(source, order, Batch, BatchLoader::Last::Drop, Augmentation{1, 0});
  double step_s = 0;
  double before_s = 0;
  for (auto _ : state) {
    const auto batch = loader.next();
    if (!batch) return state.SkipWithError("more iterations than batches");
    state.SetIterationTime(loader.waited_s() - before_s + 1e-9);
    before_s = loader.waited_s();
    step_s += resnet.step(1, batch->images, batch->labels);
  }
  state.counters["wait_share"] = loader.waited_s() / (loader.waited_s() + step_s);
  targetMs(state, WaitShare * step_s / static_cast<double>(state.iterations()) * 1e3);
}

}  // namespace

BENCHMARK(largestAlone)->Name("ResNet20 1.0x step")->Iterations(8)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(allVariants, resnet20, "resnet20-slimmable", "slimmable", FusedRatio)
    ->Name("ResNet20 four widths step")
    ->Iterations(8)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(allVariants, mobilenet, "deco-mobilenetv1", "joint", JointRatio)
    ->Name("MobileNetV1 four heads step")
    ->Iterations(6)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(waitForData)->Name("wait for a batch")->Iterations(15)->UseManualTime()->Unit(benchmark::kMillisecond);

int main(int argc, char **argv) {
  keepMemory();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
