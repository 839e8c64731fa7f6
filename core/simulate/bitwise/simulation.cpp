// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/simulation.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/simulate/integers/input_quantiser.h"
#include "core/simulate/integers/random_network.h"

namespace pimento {

namespace {

struct Case {
  Map image;
  Evaluation expected;
  std::optional<std::uint16_t> label;
};

// What one image adds to a run.
struct Outcome {
  std::vector<RowTrace> traces;
  std::vector<std::int64_t> wrong;
  bool changedClass = false;
  bool correct = false;
};

template <class T>
std::int64_t differences(const std::vector<T> &a, const std::vector<T> &b) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i] ? 1 : 0;
  return count;
}

bool correct(const Evaluation &run, const Case &which) { return which.label && argmax(run.logits) == *which.label; }

Outcome outcomeOf(const Evaluation &run, const Case &which, std::vector<RowTrace> traces) {
  const Evaluation &expected = which.expected;
  Outcome outcome{std::move(traces), {}, argmax(run.logits) != argmax(expected.logits), correct(run, which)};
  for (std::size_t i = 0; i < run.maps.size(); ++i) outcome.wrong.push_back(differences(run.maps[i], expected.maps[i]));
  outcome.wrong.back() += differences(run.logits, expected.logits);
  return outcome;
}

void add(ChipRun &run, const Outcome &outcome) {
  for (std::size_t i = 0; i < outcome.traces.size(); ++i) run.traces[i] += outcome.traces[i];
  for (std::size_t i = 0; i < outcome.wrong.size(); ++i) run.wrong[i] += outcome.wrong[i];
  run.changedImages += outcome.wrong.back() > 0 ? 1 : 0;
  run.changedClasses += outcome.changedClass ? 1 : 0;
  run.correct += outcome.correct ? 1 : 0;
}

class Simulator {
 public:
  Simulator(const BitwiseNetwork &network, const SimulationOptions &options, const std::stop_token &stop,
            const SimulationProgress &progress)
      : m_network(network), m_options(options), m_stop(stop), m_progress(progress) {
    m_images = options.images;
    if (options.pictures) {
      const Pictures &pictures = *options.pictures;
      if (!(pictures.images.shape == network.program().input()) || !(pictures.input.shape == network.program().input()))
        throw Error(network.program().place, QStringLiteral("the pictures have not the size of its input"));
      m_images = std::min(m_images, static_cast<std::int64_t>(pictures.images.size()));
      m_quantiser.emplace(pictures.input, network.program().layers.front().format);
    }
    m_all = m_images * (1 + std::int64_t{chips()});
  }

  Simulation run() {
    addRun(nullptr);
    for (int i = 0; i < chips() && !m_stop.stop_requested(); ++i) {
      m_chips.push_back(std::make_unique<FaultyChip>(m_network, m_options.errors,
                                                     m_options.firstChipSeed + static_cast<std::uint64_t>(i), m_stop));
      addRun(m_chips.back().get());
    }
    const std::int64_t batch = batchSize();
    for (std::int64_t first = 0; first < m_images && !m_stop.stop_requested(); first += batch) {
      const std::int64_t count = std::min(batch, m_images - first);
      if (!runBatch(static_cast<std::uint64_t>(first), static_cast<std::size_t>(count))) break;
      m_simulation.images += count;
    }
    return std::move(m_simulation);
  }

 private:
  [[nodiscard]] int chips() const { return m_options.errors.any() ? m_options.chips : 0; }

  void addRun(const FaultyChip *chip) {
    ChipRun run;
    run.traces.resize(m_network.layers().size());
    run.wrong.resize(m_network.program().layers.size());
    if (chip != nullptr) {
      run.chipSeed = chip->seed();
      run.wrongWeightBits = chip->wrongWeightBits();
      run.marginalSenses = chip->faultCount();
      run.repairedColumns = chip->repairedColumns();
    }
    m_simulation.runs.push_back(std::move(run));
  }

  // Few enough images that a stop loses little and their expected maps take no more than 256 MB.
  [[nodiscard]] std::int64_t batchSize() const {
    std::int64_t elements = 1;
    for (const IntegerLayer &layer : m_network.program().layers) elements += layer.out.elements();
    return std::clamp<std::int64_t>((std::int64_t{256} << 20) / (elements * std::int64_t{sizeof(std::uint16_t)}), 2,
                                    32);
  }

  // All runs on some images; false if stopped before they were done. Only whole batches count.
  bool runBatch(std::uint64_t first, std::size_t count) {
    std::vector<Case> cases(count);
    parallelFor(count, m_stop, [&](std::size_t i) {
      cases[i] = caseOf(first + i);
      cases[i].expected = evaluate(m_network.program(), cases[i].image);
    });
    std::vector<ChipRun> runs = m_simulation.runs;
    for (std::size_t r = 0; r < runs.size() && !m_stop.stop_requested(); ++r)
      runImages(runs[r], r == 0 ? nullptr : m_chips[r - 1].get(), cases, first);
    if (m_stop.stop_requested()) return false;
    m_simulation.runs = std::move(runs);
    for (const Case &each : cases) m_simulation.exactCorrect += correct(each.expected, each) ? 1 : 0;
    return true;
  }

  [[nodiscard]] Case caseOf(std::uint64_t index) const {
    if (!m_quantiser) return {randomImage(m_network.program(), m_options.imageSeed, index), {}, {}};
    const Images &images = m_options.pictures->images;
    return {(*m_quantiser)(images.image(index)), {}, images.labels[index]};
  }

  void runImages(ChipRun &run, const FaultyChip *chip, const std::vector<Case> &cases, std::uint64_t first) {
    std::vector<Outcome> outcomes(cases.size());
    const auto start = std::chrono::steady_clock::now();
    parallelFor(cases.size(), m_stop, [&](std::size_t i) {
      std::vector<RowTrace> traces;
      const Evaluation result = m_network.run(cases[i].image, traces, chip, first + i);
      outcomes[i] = outcomeOf(result, cases[i], std::move(traces));
      if (m_progress) m_progress(++m_done, m_all);
    });
    run.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (m_stop.stop_requested()) return;
    for (const Outcome &outcome : outcomes) add(run, outcome);
  }

  const BitwiseNetwork &m_network;
  const SimulationOptions &m_options;
  const std::stop_token &m_stop;
  const SimulationProgress &m_progress;
  std::vector<std::unique_ptr<FaultyChip>> m_chips;
  Simulation m_simulation;
  std::atomic<std::int64_t> m_done = 0;
  std::int64_t m_images = 0;  // to run
  std::int64_t m_all = 0;     // over all runs
  std::optional<InputQuantiser> m_quantiser;
};

}  // namespace

Simulation simulate(const BitwiseNetwork &network, const SimulationOptions &options, const std::stop_token &stop,
                    const SimulationProgress &progress) {
  return Simulator(network, options, stop, progress).run();
}

}  // namespace pimento
