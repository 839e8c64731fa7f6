// SPDX-License-Identifier: GPL-3.0-or-later
// Every row of a study knows what it is made of.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"
#include "core/study/study.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

namespace {

const QString Resnet = QStringLiteral("resnet20-slimmable");
const QString Vgg = QStringLiteral("deco-vgg16");

// Of the first row that fits.
template <typename Fits>
Origin originWhere(const Study &study, Fits fits) {
  for (std::uint32_t row = 0; row < study.table.size(); ++row)
    if (fits(study.table, study.table.key(row))) return study.originOf(row);
  ADD_FAILURE() << "no such row";
  return {};
}

auto named(const QString &network, const QString &variant) {
  return [=](const DesignTable &table, const DesignKey &key) {
    return table.name(key.network) == network && table.name(key.variant) == variant && !key.reference;
  };
}

// A table of one row that tells nothing but names.
StoredTable stranger(const QString &network, const QString &variant, const QString &dataset = {}) {
  DesignTable table;
  DesignKey key{.network = table.intern(network), .variant = table.intern(variant), .dataset = table.intern(dataset)};
  table.set(table.append(key), Metric::Energy, 1, table.intern(Provenance{}));
  return {network + variant, table};
}

}  // namespace

TEST(Origins, ofPublishedRowsHaveTheClassesOfTheirDataSet) {
  Project project;
  project.published = PublishedChoice{};
  const Study made = study(project);
  for (const auto &[dataset, classes] :
       {std::pair{QStringLiteral("cifar-10"), 10}, {QStringLiteral("cifar-100"), 100}}) {
    const Origin origin = originWhere(made, [&](const DesignTable &table, const DesignKey &key) {
      return table.name(key.network) == Vgg && table.name(key.dataset) == dataset && !key.reference;
    });
    EXPECT_EQ(origin.kind, OriginKind::Published);
    EXPECT_EQ(origin.classes, classes);
    ASSERT_TRUE(origin.network);
    EXPECT_EQ(origin.network->network, makeNetwork(Vgg, classes));
    EXPECT_FALSE(origin.accelerator);
    ASSERT_TRUE(origin.variant(QStringLiteral("fe+cm3")));
    EXPECT_EQ(*origin.variant(QStringLiteral("fe+cm3")),
              findVariant(makeNetwork(Vgg, classes), QStringLiteral("fe+cm3")));
    EXPECT_FALSE(origin.variant(QStringLiteral("fe+cm9")));
  }
  const Origin unknown = originWhere(made, [](const DesignTable &table, const DesignKey &key) {
    return table.name(key.network) == QStringLiteral("resnet18-nonuniform");
  });
  EXPECT_EQ(unknown.kind, OriginKind::Published);
  EXPECT_FALSE(unknown.network);
}

TEST(Origins, ofEstimatesAreWhatTheyWereMadeOf) {
  Accelerator small = builtInProfile(builtInProfiles().front());
  small.name = QStringLiteral("small");
  small.array.rows = 128;
  Project project;
  project.published = PublishedChoice{};
  project.accelerators[small.name] = writeProfile(small);
  project.estimates = {
      {.network = Resnet, .classes = 100, .variants = {QStringLiteral("0.3")}, .accelerator = small.name},
      {.network = Vgg, .bits = {4, 2}}};
  const Study made = study(project);
  ASSERT_EQ(made.estimates.size(), 2U);
  EXPECT_EQ(*made.estimates[0]->accelerator, small);
  const Origin narrow = originWhere(made, named(Resnet, QStringLiteral("0.3")));
  EXPECT_EQ(narrow.kind, OriginKind::Estimate);
  EXPECT_EQ(narrow.classes, 100);
  EXPECT_EQ(*narrow.accelerator, small);
  EXPECT_EQ(*narrow.variant(QStringLiteral("0.3")), widthVariant(makeNetwork(Resnet, 100), 0.3));

  // Joined with a published accuracy it is an estimate still; the reference beside it is a reference, on no
  // accelerator.
  const Origin joined = originWhere(made, [](const DesignTable &table, const DesignKey &key) {
    return key.profileHash != 0 && table.name(key.network) == Vgg;
  });
  EXPECT_EQ(joined.kind, OriginKind::Estimate);
  EXPECT_EQ(joined.bits, (Bits{4, 2}));
  const Origin gpu = originWhere(made, [](const DesignTable &table, const DesignKey &key) {
    return key.reference && table.name(key.network) == Resnet &&
           table.name(key.platform) == QStringLiteral("gpu-roofline");
  });
  EXPECT_EQ(gpu.kind, OriginKind::Reference);
  EXPECT_EQ(gpu.classes, 100);
  EXPECT_FALSE(gpu.accelerator);
}

TEST(Origins, ofRunsHaveTheNetworkThatWasTrained) {
  Project project;
  project.estimates = {{.network = Resnet}};
  addRun(project, sampleRun());
  const TrainingRun &run = project.runs.front();
  const Study made = study(project);
  int estimated = 0;
  int measured = 0;
  for (std::uint32_t row = 0; row < made.table.size(); ++row) {
    const Origin origin = made.originOf(row);
    const bool ofRun = made.table.name(made.table.key(row).run) == run.name;
    EXPECT_EQ(origin.run, ofRun ? run.name : QString());
    if (!ofRun || origin.kind == OriginKind::Reference) continue;
    EXPECT_EQ(origin.kind, OriginKind::Run);
    EXPECT_EQ(origin.network->network, run.job.network);
    ++(origin.accelerator ? estimated : measured);
  }
  EXPECT_GT(estimated, 0);
  EXPECT_GE(measured, 0);
}

TEST(Origins, ofStoredRowsAreFoundByTheirNames) {
  Project project;
  project.tables = {stranger(Resnet, QStringLiteral("0.37"), QStringLiteral("cifar-100")),
                    stranger(QStringLiteral("lenet5"), QStringLiteral("whole")),
                    stranger(QStringLiteral("theirs"), QStringLiteral("a"))};
  const Study made = study(project);
  const Origin width = originWhere(made, named(Resnet, QStringLiteral("0.37")));
  EXPECT_EQ(width.kind, OriginKind::Stored);
  EXPECT_EQ(width.classes, 100);
  EXPECT_EQ(*width.variant(QStringLiteral("0.37")), widthVariant(makeNetwork(Resnet, 100), 0.37));
  EXPECT_TRUE(originWhere(made, named(QStringLiteral("lenet5"), QStringLiteral("whole"))).network);
  const Origin theirs = originWhere(made, named(QStringLiteral("theirs"), QStringLiteral("a")));
  EXPECT_FALSE(theirs.network);
  EXPECT_FALSE(theirs.variant(QStringLiteral("a")));
}

TEST(Study, evaluatesNothingAgainThatIsAsItWas) {
  Accelerator mine = builtInProfile(builtInProfiles().front());
  mine.name = QStringLiteral("mine");
  Project project;
  project.accelerators[mine.name] = writeProfile(mine);
  project.estimates = {{.network = Resnet}, {.network = Resnet, .accelerator = mine.name}};
  addRun(project, sampleRun());
  const Study before = study(project);

  project.estimates.push_back({.network = Vgg});
  mine.array.rows = 128;
  project.accelerators[mine.name] = writeProfile(mine);
  const std::size_t ofRun = before.estimates.size() - 1;
  project.runs.front().variants.pop_back();
  const Study after = study(project, &before);
  EXPECT_EQ(after.estimates[0], before.estimates[0]);
  EXPECT_NE(after.estimates[1], before.estimates[1]) << "its profile is another";
  EXPECT_NE(after.estimates[ofRun], before.estimates[ofRun]) << "the run has other variants";
  EXPECT_TRUE(after.table.sameAs(study(project).table)) << "what was taken over is what would have been made";
}

// How much of a study was evaluated since another one: estimates, and tables joined of them.
static int evaluations(const Study &study, const Study &before) {
  const auto fresh = [](const auto &now, const auto &then) {
    return static_cast<int>(std::count_if(now.begin(), now.end(), [&](const auto &one) {
      return std::find(then.begin(), then.end(), one) == then.end();
    }));
  };
  return fresh(study.estimates, before.estimates) + fresh(study.parts, before.parts);
}

TEST(Study, evaluatesThePartsThatChangeAlone) {
  Project project;
  project.published = PublishedChoice{};
  project.estimates = {{.network = Resnet}, {.network = Vgg}};
  addRun(project, sampleRun());
  addRun(project, sampleLassoRun());
  const Study whole = study(project);
  ASSERT_EQ(whole.parts.size(), 3U);
  const auto after = [&](const auto &change) {
    Project changed = project;
    change(changed);
    const Study made = study(changed, &whole);
    const Study anew = study(changed);
    EXPECT_TRUE(made.table.sameAs(anew.table)) << "what was taken over is what would have been made";
    EXPECT_EQ(made.origins.size(), anew.origins.size());
    for (std::uint32_t row = 0; row < made.table.size(); ++row) {
      EXPECT_EQ(made.originOf(row).kind, anew.originOf(row).kind);
      EXPECT_EQ(made.originOf(row).run, anew.originOf(row).run);
    }
    return evaluations(made, whole);
  };
  EXPECT_EQ(after([](Project &) {}), 0);
  EXPECT_EQ(after([](Project &p) { p.tables = {stranger(Resnet, QStringLiteral("0.37"))}; }), 0);
  EXPECT_EQ(after([](Project &p) { p.published.reset(); }), 1) << "the families";
  EXPECT_EQ(after([](Project &p) { p.estimates.push_back({.network = Resnet, .bits = {4, 4}}); }), 2);
  EXPECT_EQ(after([](Project &p) { p.runs.back().results.results.front().correct -= 1; }), 1) << "that run";
}

TEST(Study, holdsALargeTableOnce) {
  Project project;
  project.tables.push_back({QStringLiteral("sweep"), sampleTable(1000)});
  const Study made = study(project);
  EXPECT_EQ(made.table.keys().data(), project.tables.front().table.keys().data()) << "it was copied";
}
