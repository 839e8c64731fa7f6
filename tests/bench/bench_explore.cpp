// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_view.h"
#include "core/explore/front.h"
#include "core/explore/head_rows.h"
#include "tests/bench/bench.h"
#include "tests/core/explore/random_points.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

constexpr std::size_t Million = 1'000'000;

// A sweep: every metric of every row set, names and bits vary as they do in one.
DesignTable sweep(std::size_t rows) {
  DesignTable table;
  table.reserve(rows);
  const auto from = table.intern(Provenance{Kind::Estimated, QStringLiteral("sweep"), {}, {}});
  const auto other = table.intern(Provenance{Kind::Derived, QStringLiteral("sweep"), {}, {}});
  std::vector<NameId> variants;
  for (int i = 0; i < 1000; ++i) variants.push_back(table.intern(QStringLiteral("sub-net %1").arg(i)));
  const NameId networks[] = {table.intern(QStringLiteral("deco-vgg16")),
                             table.intern(QStringLiteral("resnet20-slimmable"))};
  const NameId joint = table.intern(QStringLiteral("joint"));
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(0.01, 1);
  for (std::uint32_t row = 0; row < rows; ++row) {
    table.append({.network = networks[row % 2],
                  .variant = variants[random() % 1000],
                  .training = joint,
                  .bitsWeights = static_cast<std::uint8_t>(1 + row % 8),
                  .bitsActivations = 8});
    for (const MetricInfo &m : allMetrics())
      table.set(row, m.metric, uniform(random), random() % 2 == 0 ? from : other);
  }
  return table;
}

const DesignTable &millionDesigns() {
  static const DesignTable table = sweep(Million);
  return table;
}

std::vector<std::uint32_t> rowsOf(const DesignTable &table) { return filteredRows(table, {}); }

void frontOf(benchmark::State &state, const test::Columns &data, double target) {
  const auto costs = test::spans(data);
  std::size_t front = 0;
  for (auto _ : state) front = nonDominated(costs).size();
  state.counters["front"] = static_cast<double>(front);
  targetMs(state, target);
}

void front2(benchmark::State &state) { frontOf(state, test::uniformPoints(2, Million, 1), 150); }
void front2AllStand(benchmark::State &state) { frontOf(state, test::frontPoints(2, Million, 1), 150); }
void front3(benchmark::State &state) { frontOf(state, test::uniformPoints(3, 100'000, 1), 300); }
void front3AllStand(benchmark::State &state) { frontOf(state, test::frontPoints(3, 100'000, 1), 300); }
void front4(benchmark::State &state) { frontOf(state, test::uniformPoints(4, 100'000, 1), 1000); }
void front4AllStand(benchmark::State &state) { frontOf(state, test::frontPoints(4, 100'000, 1), 5000); }

void frontOfTable(benchmark::State &state) {
  const DesignTable &table = millionDesigns();
  const auto rows = rowsOf(table);
  const std::vector<Objective> objectives{objective(Metric::Energy), objective(Metric::Accuracy)};
  for (auto _ : state) benchmark::DoNotOptimize(nonDominated(table, rows, objectives));
  targetMs(state, 150);
}

void filter(benchmark::State &state) {
  Filter demands = startingFilter();
  demands.networks = {QStringLiteral("deco-vgg16")};
  demands.bits = {{1, 8}, {3, 8}, {5, 8}};
  demands.kinds = {Kind::Estimated};
  demands.bounds[index(Metric::Energy)].max = 0.9;
  demands.bounds[index(Metric::Accuracy)].min = 0.1;
  for (auto _ : state) benchmark::DoNotOptimize(filteredRows(millionDesigns(), demands));
  targetMs(state, 50);
}

void filterAllPass(benchmark::State &state) {
  Filter demands = startingFilter();
  for (const MetricInfo &m : allMetrics()) demands.bounds[index(m.metric)].min = 0;
  for (auto _ : state) benchmark::DoNotOptimize(filteredRows(millionDesigns(), demands));
  targetMs(state, 50);
}

void sortBy(benchmark::State &state, SortBy by) {
  const auto rows = rowsOf(millionDesigns());
  for (auto _ : state) {
    auto sorted = rows;
    sortRows(millionDesigns(), sorted, by);
    benchmark::DoNotOptimize(sorted);
  }
  targetMs(state, 150);
}

void sortByEnergy(benchmark::State &state) { sortBy(state, {Metric::Energy, Order::Descending}); }
void sortByVariant(benchmark::State &state) { sortBy(state, {KeyColumn::Variant, Order::Ascending}); }

// The head of each of many whole inferences: in one pass, and by looking at every row for every row.
DesignTable withHeads(std::uint32_t rows) {
  DesignTable table;
  for (std::uint32_t row = 0; row < rows; ++row)
    table.append(
        {.variant = table.intern(QString::number(row / 2)), .scope = row % 2 == 0 ? Scope::Whole : Scope::Head});
  return table;
}

void heads(benchmark::State &state, std::uint32_t rows, double target) {
  const DesignTable table = withHeads(rows);
  for (auto _ : state) {
    const HeadRows index(table);
    for (const DesignKey &key : table.keys()) benchmark::DoNotOptimize(index.of(key));
  }
  targetMs(state, target);
}

void headsByLooking(benchmark::State &state) {
  const DesignTable table = withHeads(20'000);
  for (auto _ : state)
    for (DesignKey wanted : table.keys()) {
      wanted.scope = Scope::Head;
      benchmark::DoNotOptimize(std::find(table.keys().begin(), table.keys().end(), wanted));
    }
}

void heads20k(benchmark::State &state) { heads(state, 20'000, 20); }
void heads1M(benchmark::State &state) { heads(state, Million, 1000); }

void memory(benchmark::State &state) {
  double mb = 0;
  for (auto _ : state) {
    const std::size_t before = allocatedBytes();
    const DesignTable table = sweep(Million);
    mb = static_cast<double>(allocatedBytes() - before) / 1e6;
    benchmark::DoNotOptimize(&table);
  }
  sizeMb(state, mb, 300);
}

void volume4(benchmark::State &state) {
  const test::Columns data = test::frontPoints(4, 1000, 1);
  std::vector<Costs> points;
  for (std::size_t i = 0; i < 1000; ++i) points.push_back({data[0][i], data[1][i], data[2][i], data[3][i]});
  for (auto _ : state) benchmark::DoNotOptimize(hypervolume(points, {1, 1, 1, 1}));
  targetMs(state, 500);
}

}  // namespace

BENCHMARK(front2)->Name("front, 2 objectives, 1,000,000 points")->Unit(benchmark::kMillisecond);
BENCHMARK(front2AllStand)->Name("front, 2 objectives, 1,000,000 points, all stand")->Unit(benchmark::kMillisecond);
BENCHMARK(frontOfTable)->Name("front of a table, 2 objectives, 1,000,000 rows")->Unit(benchmark::kMillisecond);
BENCHMARK(front3)->Name("front, 3 objectives, 100,000 points")->Unit(benchmark::kMillisecond);
BENCHMARK(front3AllStand)->Name("front, 3 objectives, 100,000 points, all stand")->Unit(benchmark::kMillisecond);
BENCHMARK(front4)->Name("front, 4 objectives, 100,000 points")->Unit(benchmark::kMillisecond);
BENCHMARK(front4AllStand)->Name("front, 4 objectives, 100,000 points, all stand")->Unit(benchmark::kMillisecond);
BENCHMARK(volume4)->Name("hypervolume, 4 objectives, front of 1,000")->Unit(benchmark::kMillisecond);
BENCHMARK(filter)->Name("filter, 1,000,000 rows")->Unit(benchmark::kMillisecond);
BENCHMARK(filterAllPass)->Name("filter, 1,000,000 rows, 13 bounds, all pass")->Unit(benchmark::kMillisecond);
BENCHMARK(sortByEnergy)->Name("sort by a metric, 1,000,000 rows")->Unit(benchmark::kMillisecond);
BENCHMARK(sortByVariant)->Name("sort by a name, 1,000,000 rows")->Unit(benchmark::kMillisecond);
BENCHMARK(headsByLooking)->Name("heads of 20,000 rows, all with all")->Unit(benchmark::kMillisecond);
BENCHMARK(heads20k)->Name("heads of 20,000 rows")->Unit(benchmark::kMillisecond);
BENCHMARK(heads1M)->Name("heads of 1,000,000 rows")->Unit(benchmark::kMillisecond);
BENCHMARK(memory)->Name("design table, 1,000,000 points")->Unit(benchmark::kMillisecond)->Iterations(1);

BENCHMARK_MAIN();
