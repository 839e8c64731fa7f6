// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/variant_switching.h"

#include <gtest/gtest.h>

#include "core/hardware/dataflow/layer_work.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

SwitchCost costOf(const char *network, const char *from, const char *to, const char *binding,
                  const Accelerator &a = {}) {
  const NetworkSpec spec = makeNetwork(QString::fromLatin1(network));
  const Binding b = findBinding(spec, QString::fromLatin1(binding));
  const Machine m = buildMachine(a);
  const Resident f(spec, findVariant(spec, QString::fromLatin1(from)), b, m, {});
  const Resident t(spec, findVariant(spec, QString::fromLatin1(to)), b, m, {});
  return switchCost(f, t, m, {});
}

std::int64_t weightsOf(const NetworkSpec &spec, const Variant &variant, bool headOnly) {
  std::int64_t sum = 0;
  for (const LayerWork &w : workOf(spec, variant))
    if (!headOnly || w.head) sum += w.weights;
  return sum;
}

}  // namespace

TEST(VariantSwitching, headsOnASharedExtractorNeedOnlyThemselves) {
  const NetworkSpec vgg = makeNetwork(QStringLiteral("deco-vgg16"));
  const Variant cm4 = findVariant(vgg, QStringLiteral("fe+cm4"));
  const SwitchCost joint = costOf("deco-vgg16", "fe+cm1", "fe+cm4", "joint");
  const SwitchCost independent = costOf("deco-vgg16", "fe+cm1", "fe+cm4", "independent");
  EXPECT_EQ(joint.weightBits, 8 * weightsOf(vgg, cm4, true));
  EXPECT_EQ(independent.weightBits, 8 * weightsOf(vgg, cm4, false));
  EXPECT_GT(independent.energy_uj, joint.energy_uj);
  EXPECT_GT(independent.latency_us, joint.latency_us);
}

TEST(VariantSwitching, slimmableWidthsInOneLayoutNeedTheirBatchNormsAlone) {
  Accelerator a;
  a.schedule.layout = Layout::Widest;
  const SwitchCost down = costOf("resnet20-slimmable", "1.0", "0.25", "slimmable", a);
  const SwitchCost up = costOf("resnet20-slimmable", "0.25", "1.0", "slimmable", a);
  EXPECT_EQ(down.weightBits, 0);
  EXPECT_EQ(down.rowsWritten, 0);
  EXPECT_EQ(down.normWords, 2 * 688 / 4);  // 688 channels at width 1
  EXPECT_EQ(up.weightBits, 0);
  EXPECT_EQ(up.normWords, 2 * 688);
  EXPECT_GT(up.energy_uj, 0);
}

TEST(VariantSwitching, ownLayoutRewritesWhatChanges) {
  const SwitchCost own = costOf("resnet20-slimmable", "1.0", "0.25", "slimmable");
  EXPECT_GT(own.weightBits, 0);
  EXPECT_GT(own.rowsWritten, 0);
  EXPECT_LT(own.layers, 20);  // rows of the first layer do not change: three colours at any width
  // One patch a row: nothing moves when the network narrows, all but the first layer's rows grow when it widens.
  Accelerator a;
  a.schedule.packing = Packing::None;
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  EXPECT_EQ(costOf("resnet20-slimmable", "1.0", "0.25", "slimmable", a).weightBits, 0);
  const SwitchCost wider = costOf("resnet20-slimmable", "0.25", "1.0", "slimmable", a);
  const std::int64_t first = 27 * 16;  // of which a quarter is there
  EXPECT_EQ(wider.weightBits, 8 * (weightsOf(spec, spec.variants.front(), false) - first / 4));
}

TEST(VariantSwitching, sameVariantCostsNothingAndIndividualEverything) {
  const SwitchCost same = costOf("resnet20-slimmable", "0.5", "0.5", "individual");
  EXPECT_EQ(same.weightBits + same.normWords + same.rowsWritten, 0);
  EXPECT_EQ(same.energy_uj, 0);
  EXPECT_EQ(same.latency_us, 0);
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const SwitchCost all = costOf("resnet20-slimmable", "0.5", "1.0", "individual");
  EXPECT_EQ(all.weightBits, 8 * weightsOf(spec, spec.variants.front(), false));
  EXPECT_EQ(all.normWords, 2 * 688 + 10);
}

TEST(VariantSwitching, reportHasEveryPair) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const ReportTable table =
      switchingReport(spec, spec.variants, findBinding(spec, QStringLiteral("slimmable")), Accelerator{}, {});
  EXPECT_EQ(table.rows.size(), 12U);
  for (const auto &row : table.rows) EXPECT_EQ(row.size(), static_cast<std::size_t>(table.columns.size()));
}
