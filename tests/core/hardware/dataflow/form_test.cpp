// SPDX-License-Identifier: GPL-3.0-or-later
// A dataflow that only this file knows: one patch a row, the last output pixel first. Its closed form and its rows are
// all there is to say for an estimate, a placement and the simulation bit by bit.
#include "core/hardware/dataflow/form.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/hardware/dataflow/placement.h"
#include "core/hardware/dataflow/segments.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profile_json.h"
#include "core/network/families/families.h"
#include "core/simulate/bitwise/bitwise.h"
#include "core/simulate/integers/random_network.h"
#include "tests/core/simulate/random_graphs.h"

using namespace pimento;

namespace {

using Int = std::int64_t;

LayerMap mapLastFirst(const LayerPlace &p) {
  const LayerWork &w = p.work;
  LayerMap m;
  m.chunks = ceilDivided(w.patch, p.columns);
  m.groups = w.pixels;
  m.copies = ceilDivided(w.outChannels, p.room);
  m.unitRows = ceilDivided(w.outChannels, m.copies);
  m.steps = m.groups * m.unitRows;
  m.subarrays = m.chunks * m.copies;
  m.rowPairs = w.pixels * m.chunks * w.outChannels;
  m.activeColumns = static_cast<double>(w.pixels * w.patch * w.outChannels);
  const Int last = w.patch - (m.chunks - 1) * p.columns;
  m.gatedColumns = static_cast<double>(
      ((m.chunks - 1) * p.columns + switchedOn(1, p.columns, last, p.group, p.columns)) * w.pixels * w.outChannels);
  m.results = m.rowPairs;
  m.operandRows = w.pixels * m.subarrays;
  m.operandBits = w.pixels * w.patch * m.copies;
  m.partials = (m.chunks - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * w.outChannels;
  m.weightBits = w.outChannels * w.patch;
  addTransport(m, p, w.patch, w.kernelArea, usedPixels(w));
  return m;
}

class LastFirstRows : public FormRows {
 public:
  LastFirstRows(const LayerPlace &p, const LayerMap &map) : m_work(p.work), m_map(map), m_columns(p.columns) {}

  [[nodiscard]] Int groups(Int) const override { return m_work.pixels; }
  [[nodiscard]] std::vector<Slice> operandRow(Int subarray, Int group) const override {
    const Int element = subarray / m_map.copies * m_columns;
    return {{0, std::min(m_columns, m_work.patch - element), element, m_work.pixels - 1 - group, 0}};
  }
  [[nodiscard]] std::vector<Step> steps(Int subarray, Int group) const override {
    std::vector<Step> steps;
    const Int first = subarray % m_map.copies * m_map.unitRows;
    for (Int k = 0; k < std::min(m_map.unitRows, m_work.outChannels - first); ++k)
      steps.push_back({subarray, group, k, first + k, 0});
    return steps;
  }

 private:
  LayerWork m_work;
  LayerMap m_map;
  Int m_columns;
};

constexpr Form LastFirstForm{.taps = false,
                             .operands = Operands::Shared,
                             .width = [](const LayerWork &, Int columns, Packing) { return columns; },
                             .map = mapLastFirst,
                             .rows = [](const LayerPlace &place, const LayerMap &map) -> std::unique_ptr<FormRows> {
                               return std::make_unique<LastFirstRows>(place, map);
                             }};
constexpr DataflowTraits LastFirst{
    .name = "last-first", .meaning = "a patch a row, the last first", .latched = false, .convolution = &LastFirstForm};

Accelerator lastFirst() {
  Accelerator a;
  a.schedule.dataflow = LastFirst;
  return a;
}

}  // namespace

TEST(Form, aDataflowThatNoTableListsIsEstimated) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto works = workOf(network, network.variants.front());
  const Totals toy = estimateTotals(works, buildMachine(lastFirst()), {});
  Accelerator packed;
  Accelerator unpacked;
  unpacked.schedule.packing = Packing::None;
  EXPECT_GT(toy.rowOperations, estimateTotals(works, buildMachine(packed), {}).rowOperations);
  // In another order, patches that share no row cost what they cost otherwise.
  EXPECT_EQ(toy.rowOperations, estimateTotals(works, buildMachine(unpacked), {}).rowOperations);
  EXPECT_EQ(toy.energy_uj(), estimateTotals(works, buildMachine(unpacked), {}).energy_uj());
  EXPECT_EQ(toy.latency_us(), estimateTotals(works, buildMachine(unpacked), {}).latency_us());
}

TEST(Form, itsRowsSumUpToItsClosedForm) {
  const NetworkSpec network = makeNetwork(QStringLiteral("lenet5"));
  const Accelerator a = lastFirst();
  int mapped = 0;
  for (const LayerWork &work : workOf(network, network.variants.front())) {
    if (work.op != Op::Conv) continue;
    ++mapped;
    const Placement placement(work, a.array, a.schedule, a.chip, {});
    const LayerMap &map = placement.map();
    Int rows = 0, steps = 0, bits = 0;
    for (Int subarray = 0; subarray < map.subarrays; ++subarray)
      for (Int group = 0; group < placement.groups(subarray); ++group) {
        ++rows;
        steps += static_cast<Int>(placement.steps(subarray, group).size());
        for (const Slice &slice : placement.operandRow(subarray, group)) bits += slice.columns;
      }
    EXPECT_EQ(rows, map.operandRows);
    EXPECT_EQ(steps, map.rowPairs);
    EXPECT_EQ(bits, map.operandBits);
    EXPECT_EQ(placement.operandRow(0, 0).front().pixel, work.pixels - 1);
  }
  EXPECT_GT(mapped, 0);
}

TEST(Form, aDataflowThatNoTableListsComputesWhatTheNetworkComputes) {
  Accelerator a = lastFirst();
  a.array.columns = 64;  // several chunks
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    const NetworkSpec spec = test::randomGraph(seed);
    const QuantisedNetwork network = randomNetwork(spec, test::randomVariants(spec, seed),
                                                   findBinding(spec, QStringLiteral("slimmable")), {4, 4}, seed);
    const BitwiseNetwork bitwise(network, 0, a);
    const Map image = randomImage(bitwise.program(), seed, 1);
    std::vector<RowTrace> traces;
    EXPECT_EQ(bitwise.run(image, traces), evaluate(bitwise.program(), image));
    for (std::size_t i = 0; i < traces.size(); ++i) {
      const MappedLayer &layer = bitwise.layers()[i];
      const LayerMap map = mapLayer(layer.work, a.array, a.schedule, a.chip, {4, 4});
      EXPECT_EQ(traces[i].rowOperations, map.rowPairs * 16);
      EXPECT_EQ(traces[i].operandBits, map.operandBits * 4);
      EXPECT_EQ(traces[i].transportBits, map.transportBits * 4);
    }
  }
}

TEST(Form, profilesNameTheDataflowsOfTheTableAlone) {
  Accelerator a = lastFirst();
  const Parameter &dataflow = requireParameter(QStringLiteral("dataflow"), QStringLiteral("test"));
  EXPECT_EQ(valueText(dataflow, a), QStringLiteral("last-first"));
  EXPECT_NE(hash(a), hash(Accelerator{}));
  EXPECT_THROW(static_cast<void>(readProfile(writeProfile(a), QStringLiteral("toy.json"))), Error);
  for (const Dataflow &known : dataflows()) {
    a.schedule.dataflow = known;
    EXPECT_EQ(readProfile(writeProfile(a), QStringLiteral("toy.json")).schedule.dataflow, known) << known->name;
  }
}
