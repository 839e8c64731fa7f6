// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <random>

#include "core/project/project_file.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

// A sampled table: a thousand sub-nets, every metric of every row set, two provenances that alternate at random.
Project sampled(std::uint32_t rows) {
  DesignTable table;
  table.reserve(rows);
  const auto estimated = table.intern(Provenance{Kind::Estimated, QStringLiteral("sweep"), {}, {}});
  const auto derived = table.intern(Provenance{Kind::Derived, QStringLiteral("sweep"), {}, {}});
  std::vector<NameId> variants;
  for (int i = 0; i < 1000; ++i) variants.push_back(table.intern(QStringLiteral("sub-net %1").arg(i)));
  const NameId network = table.intern(QStringLiteral("resnet20-slimmable"));
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(0.01, 1);
  for (std::uint32_t row = 0; row < rows; ++row) {
    table.append({.network = network,
                  .variant = variants[random() % 1000],
                  .bitsWeights = static_cast<std::uint8_t>(1 + row % 8),
                  .bitsActivations = 8});
    for (const MetricInfo &m : allMetrics())
      table.set(row, m.metric, uniform(random), random() % 2 == 0 ? estimated : derived);
  }
  Project project;
  project.tables.push_back({QStringLiteral("sweep"), std::move(table)});
  return project;
}

void save(benchmark::State &state, std::uint32_t rows, double target) {
  const Project project = sampled(rows);
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("sweep.pimento"));
  for (auto _ : state) saveProject(project, path);
  targetMs(state, target);
}

void open(benchmark::State &state, std::uint32_t rows, double target) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("sweep.pimento"));
  saveProject(sampled(rows), path);
  for (auto _ : state) benchmark::DoNotOptimize(openProject(path));
  targetMs(state, target);
}

void saveMillion(benchmark::State &state) { save(state, 1'000'000, 1000); }
void openTenThousand(benchmark::State &state) { open(state, 10'000, 300); }
void openMillion(benchmark::State &state) { open(state, 1'000'000, 3000); }

}  // namespace

BENCHMARK(saveMillion)->Name("save a project of 1,000,000 points")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(openTenThousand)->Name("open a project of 10,000 points")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(openMillion)->Name("open a project of 1,000,000 points")->Unit(benchmark::kMillisecond)->UseRealTime();

BENCHMARK_MAIN();
