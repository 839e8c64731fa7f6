// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include <gtest/gtest.h>

#include <QSet>
#include <algorithm>

#include "core/base/error.h"
#include "core/explore/join.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

namespace {

const QString Resnet = QStringLiteral("resnet20-slimmable");

std::string errorOf(const Project &project) {
  try {
    static_cast<void>(study(project));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

Project withEstimates(std::vector<EstimateChoice> estimates) {
  Project project;
  project.estimates = std::move(estimates);
  return project;
}

}  // namespace

TEST(Study, arePublishedThenEstimatedThenStored) {
  Project project = withEstimates({{.network = Resnet}});
  project.published = PublishedChoice{};
  project.tables.push_back({QStringLiteral("own"), sampleTable(3)});
  const NetworkSpec network = makeNetwork(Resnet);
  const DesignTable estimates =
      estimateTable(network, network.variants, builtInProfile(builtInProfiles().front()), Bits{});
  DesignTable expected = published();
  expected.append(joinedAccuracies(estimates, expected));
  expected.append(estimates);
  expected.append(sampleTable(3));
  EXPECT_TRUE(study(project).table.sameAs(expected));
  EXPECT_EQ(study({}).table.size(), 0U);
}

TEST(Study, takeProfileVariantsAndBitsFromTheDefinition) {
  Accelerator mine = builtInProfile(builtInProfiles().front());
  mine.name = QStringLiteral("mine");
  mine.array.rows = 128;
  Project project = withEstimates({{.network = Resnet,
                                    .variants = {QStringLiteral("0.5"), QStringLiteral("0.3")},
                                    .accelerator = QStringLiteral("fast"),
                                    .bits = {4, 2}}});
  project.accelerators[QStringLiteral("fast")] = writeProfile(mine);
  const DesignTable points = study(project).table;
  const NetworkSpec network = makeNetwork(Resnet);
  EXPECT_TRUE(points.sameAs(
      estimateTable(network, {findVariant(network, QStringLiteral("0.5")), widthVariant(network, 0.3)}, mine, {4, 2})));
}

TEST(Study, ofTheHeadAloneAreThereWhereThereIsAnExtractor) {
  const DesignTable points = study(withEstimates({{.network = QStringLiteral("deco-vgg16")}})).table;
  const auto heads = std::count_if(points.keys().begin(), points.keys().end(),
                                   [](const DesignKey &key) { return key.scope == Scope::Head; });
  EXPECT_GE(heads, 4);
}

TEST(Study, standOnceWhateverSeveralEstimatesShare) {
  const DesignTable one = study(withEstimates({{.network = Resnet}})).table;
  const DesignTable twice = study(withEstimates({{.network = Resnet}, {.network = Resnet}})).table;
  EXPECT_TRUE(one.sameAs(twice));
  const DesignTable both = study(withEstimates({{.network = Resnet}, {.network = Resnet, .bits = {4, 4}}})).table;
  EXPECT_GT(both.size(), one.size());
  QSet<QString> ids;
  for (std::uint32_t row = 0; row < both.size(); ++row) ids.insert(both.id(row));
  EXPECT_EQ(static_cast<std::size_t>(ids.size()), both.size());
}

TEST(Study, nameWhatCanNotBeComputed) {
  EXPECT_NE(errorOf(withEstimates({{.network = QStringLiteral("resnet21")}})).find("resnet21"), std::string::npos);
  EXPECT_NE(errorOf(withEstimates({{.network = Resnet, .variants = {QStringLiteral("7")}}})), "no error");
  EXPECT_NE(errorOf(withEstimates({{.network = Resnet, .accelerator = QStringLiteral("none")}})), "no error");
  EXPECT_NE(errorOf(withEstimates({{.network = Resnet, .gpuPower = QStringLiteral("three-boards")}}))
                .find("GPU power \"three-boards\""),
            std::string::npos);
  EXPECT_NE(errorOf(withEstimates({{.network = Resnet, .classes = 10}, {.network = Resnet, .classes = 100}}))
                .find("another estimate gives"),
            std::string::npos);
  Project project;
  project.published = PublishedChoice{{QStringLiteral("none")}};
  EXPECT_NE(errorOf(project), "no error");
  project = withEstimates({{.network = Resnet, .accelerator = QStringLiteral("a")}});
  project.accelerators[QStringLiteral("a")] = "{";
  EXPECT_NE(errorOf(project).find("accelerator \"a\""), std::string::npos);
}
