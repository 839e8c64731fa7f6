// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/mapping_search.h"

#include <gtest/gtest.h>

#include <QSet>

#include "core/hardware/estimate/estimate.h"
#include "core/network/families/families.h"

using namespace pimento;

// Three dataflows x three packings x two layouts x two column gatings x two idle gatings, with write-back but for the
// latched dataflow: 24 x (2 + 2 + 1) choices, each once.
TEST(MappingSearch, triesEveryPossibleMappingOnce) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Variant wide = findVariant(network, QStringLiteral("1.0"));
  const Variant narrow = findVariant(network, QStringLiteral("0.25"));
  const auto choices = mappingSearch(network, wide, narrow, Accelerator{}, {8, 8});
  EXPECT_EQ(choices.size(), 120U);
  QSet<QString> texts;
  for (const MappingChoice &choice : choices) {
    texts.insert(choice.text());
    EXPECT_GT(choice.ratio(), 0) << choice.text().toStdString();
  }
  EXPECT_EQ(texts.size(), 120);
  EXPECT_EQ(choices.front().schedule, Schedule{}) << "the default comes first";
  const Machine machine = buildMachine(Accelerator{});
  EXPECT_DOUBLE_EQ(choices.front().wide_uj, estimateTotals(workOf(network, wide), machine, {8, 8}).energy_uj());
  const ReportTable table = mappingReport(choices);
  EXPECT_EQ(table.rows.size(), 120U);
  EXPECT_EQ(table.columns.back(), QStringLiteral("ratio"));
}
