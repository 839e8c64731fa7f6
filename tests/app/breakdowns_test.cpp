// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/breakdowns.h"

#include <gtest/gtest.h>

#include "app/session/copy_command.h"
#include "app/session/figure_notes.h"
#include "app/session/hardware_chain.h"
#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "tests/app/opened.h"

namespace {

using namespace pimento;
using namespace pimento::test;

TEST(ComponentEnergy, saysOfTheRegionsThatTheyAreAPart) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const BarData all = componentEnergy(opened.session, Regions::All);
  const BarData regions = componentEnergy(opened.session, Regions::Published);
  ASSERT_FALSE(regions.bars.empty());
  EXPECT_LT(total(regions.bars[0]), total(all.bars[0]));
  EXPECT_NE(regions.title, all.title);
  EXPECT_TRUE(regions.title.contains(QStringLiteral("the paper's four regions"))) << regions.title.toStdString();
  const QString share = QStringLiteral("%1 % of the").arg(100 * total(regions.bars[0]) / total(all.bars[0]), 0, 'f', 1);
  EXPECT_TRUE(regions.takeaway.contains(share)) << regions.takeaway.toStdString();
  EXPECT_TRUE(regions.takeaway.contains(QStringLiteral("AND-WB is 0"))) << regions.takeaway.toStdString();
  EXPECT_FALSE(all.takeaway.contains(QStringLiteral("AND-WB")));
}

TEST(AreaByComponent, saysHowMuchOfTheChipTheNetworkUses) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const PieData area = areaByComponent(opened.session);
  EXPECT_TRUE(area.title.contains(QStringLiteral("whole chip")));
  EXPECT_TRUE(area.takeaway.contains(QStringLiteral("MobileNetV1 FE+CM2 uses "))) << area.takeaway.toStdString();
  EXPECT_NE(areaOverhead(opened.session).shareTitle, area.shareTitle) << "two columns of per cent";
}

TEST(LayerValues, nameAllThatHaveTheMost) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const BarData data = layerValues(opened.session, LayerMetric::Macs);
  double most = 0;
  for (const Bar &bar : data.bars) most = std::max(most, total(bar));
  int named = 0;
  for (const Bar &bar : data.bars)
    if (total(bar) == most) {
      EXPECT_TRUE(data.takeaway.contains(bar.name)) << data.takeaway.toStdString();
      ++named;
    }
  EXPECT_EQ(data.takeaway.endsWith(QStringLiteral("each.")), named > 1) << data.takeaway.toStdString();
}

// A project with estimates alone, as pimento estimate -o writes it.
std::optional<Subject> subjectOfEstimate(Session &session, const EstimateChoice &estimate) {
  Project project;
  project.estimates = {estimate};
  session.open(project);
  for (const std::uint32_t row : session.rows())
    if (!session.table().key(row).reference) {
      session.select(row);
      break;
    }
  return subjectOf(session);
}

// A project as pimento estimate --set tmr_pct=43 -o writes it: a profile of a built-in name that is not the built-in.
void openWeak(Session &session) {
  Accelerator weak = builtInProfile(QStringLiteral("sot-mram"));
  weak.sensing.tmr_pct = 43;
  Project project;
  project.estimates = {{.network = QStringLiteral("resnet20-slimmable"), .accelerator = weak.name}};
  project.accelerators[weak.name] = writeProfile(weak);
  session.open(project);
}

TEST(Breakdowns, sayThatTheDesignAtHandIsInvalidAndItsProfileChanged) {
  Session session;
  openWeak(session);
  const QString title = subjectTitle(*subjectOf(session));
  const QString reason = QStringLiteral("✕ %1 is invalid: AND2 errors of 0.1").arg(title);
  for (const BarData &data : {componentEnergy(session, Regions::All), componentEnergy(session, Regions::Published),
                              layerValues(session, LayerMetric::Energy)}) {
    EXPECT_TRUE(data.takeaway.contains(reason)) << data.takeaway.toStdString();
    EXPECT_TRUE(data.title.contains(QStringLiteral("on sot-mram, changed at 8:8 bits"))) << data.title.toStdString();
  }
  EXPECT_TRUE(areaByComponent(session).takeaway.contains(reason));
  EXPECT_TRUE(areaByComponent(session).title.endsWith(QStringLiteral("for sot-mram, changed")));
  EXPECT_TRUE(hardwareChain(session).title.endsWith(QStringLiteral("sot-mram, changed")));
  EXPECT_TRUE(hardwareChain(session).takeaway.contains(QStringLiteral("✕ It is invalid")));
  const QString notes = subjectNotes(session).join(QLatin1Char('\n'));
  EXPECT_TRUE(notes.contains(QStringLiteral("profile sot-mram, changed (hash "))) << notes.toStdString();
  EXPECT_TRUE(notes.contains(reason)) << "below prints of counts too";
}

TEST(ComponentEnergy, namesWhatAShareIsOf) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const BarData data = componentEnergy(opened.session, Regions::All);
  EXPECT_TRUE(data.takeaway.endsWith(QStringLiteral(" % of %1.").arg(data.bars.front().name)))
      << data.takeaway.toStdString();
}

// What the pages show adds up to the row that they are of.
void expectToBeOfTheRow(const Session &session, const Subject &subject) {
  const auto row = *session.selected();
  const BarData layers = layerValues(session, LayerMetric::Energy);
  double energy = 0;
  for (const Bar &bar : layers.bars) energy += total(bar);
  const double whole = session.table().at(row, Metric::Energy)->value;
  EXPECT_GT(energy, 0.5 * whole);
  EXPECT_LE(energy, whole * (1 + 1e-9));
  const BarData parts = componentEnergy(session, Regions::All);
  const auto own = std::find_if(parts.bars.begin(), parts.bars.end(), [&](const Bar &bar) {
    return bar.name == variantTitle(session.table().name(session.table().key(row).variant));
  });
  ASSERT_NE(own, parts.bars.end());
  EXPECT_NEAR(total(*own), whole, 1e-9 * whole);
  const BarData params = layerValues(session, LayerMetric::Params);
  double weights = 0;
  for (const Bar &bar : params.bars) weights += total(bar);
  EXPECT_LE(weights, session.table().at(row, Metric::Params)->value);
  EXPECT_GT(weights, 0.9 * session.table().at(row, Metric::Params)->value);
  EXPECT_FALSE(subject.network.layers.empty());
}

TEST(Subject, isTheRowsOwnNetworkWithItsClasses) {
  Session session;
  const auto subject = subjectOfEstimate(session, {.network = QStringLiteral("resnet20-slimmable"), .classes = 100});
  ASSERT_TRUE(subject);
  EXPECT_EQ(outputShapes(subject->network, subject->variant)[subject->variant.output].channels, 100);
  expectToBeOfTheRow(session, *subject);
  EXPECT_TRUE(estimateCommand(session, {}).join(QLatin1Char(' ')).contains(QStringLiteral("--classes 100")));
}

TEST(Subject, mayBeANetworkOfTheLibrary) {
  Session session;
  const auto subject = subjectOfEstimate(session, {.network = QStringLiteral("lenet5")});
  ASSERT_TRUE(subject) << noSubjectText(session).toStdString();
  expectToBeOfTheRow(session, *subject);
  EXPECT_FALSE(hardwareChain(session).boxes.size() < 5) << "the network has its box";
}

TEST(HardwareChain, tellsTheKindOfEachValue) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const ChainData chain = hardwareChain(opened.session);
  ASSERT_EQ(chain.boxes.size(), 5U);
  for (const ChainBox &box : chain.boxes)
    for (const ChainLine &line : box.lines) EXPECT_TRUE(line.kind) << line.name.toStdString();
  for (const ChainLine &line : chain.boxes[4].lines) EXPECT_EQ(line.kind, Kind::Estimated);
  const auto pulse = std::find_if(chain.boxes[0].lines.begin(), chain.boxes[0].lines.end(),
                                  [](const ChainLine &line) { return line.name == QStringLiteral("write pulse"); });
  ASSERT_NE(pulse, chain.boxes[0].lines.end());
  EXPECT_EQ(pulse->kind, Kind::Derived) << "a parameter has the kind of its source";
}

}  // namespace
