// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/methods.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/jobs/job.h"
#include "core/jobs/job_data.h"
#include "core/network/families/families.h"
#include "core/network/families/network_library.h"

using namespace pimento;

namespace {

QStringList allNetworks() {
  QStringList names = libraryNetworks();
  for (const Family &family : families()) names << QString::fromLatin1(family.name);
  return names;
}

QStringList namesOf(const std::vector<Variant> &variants) {
  QStringList names;
  for (const Variant &variant : variants) names << variant.name;
  return names;
}

QStringList methodNames(const NetworkSpec &network) {
  QStringList names;
  for (const Method method : methodsOf(network)) names << methodName(method);
  return names;
}

}  // namespace

// A job of each can be made, and all its variants tell the same classes.
TEST(Methods, everyNetworkHasThoseThatItCanBeTrainedBy) {
  for (const QString &name : allNetworks()) {
    const NetworkSpec network = loadNetwork(name);
    const std::vector<Method> methods = methodsOf(network);
    ASSERT_FALSE(methods.empty()) << name.toStdString();
    EXPECT_NE(std::ranges::find(methods, loadRecipe(usualRecipe(network)).method), methods.end()) << name.toStdString();
    for (const Method method : methods) {
      Job job;
      job.network = network;
      job.recipe = recipesOf(method).front();
      job.binding = methodBinding(method);
      job.variants = usualVariants(network, method);
      EXPECT_FALSE(job.variants.empty()) << name.toStdString();
      for (const Variant &variant : job.variants)
        EXPECT_EQ(classesOf(network, variant), classesOf(network, job.variants.front()))
            << name.toStdString() << " " << variant.name.toStdString();
      EXPECT_NO_THROW(static_cast<void>(readJob(writeJob(job), name)));
    }
  }
}

TEST(Methods, areThoseOfItsKind) {
  const QStringList widths{QStringLiteral("slimmable"), QStringLiteral("slimmable-distillation"),
                           QStringLiteral("clipped-group-lasso"), QStringLiteral("fused-non-uniform"),
                           QStringLiteral("individual")};
  const QStringList heads{QStringLiteral("independent"), QStringLiteral("joint")};
  EXPECT_EQ(methodNames(loadNetwork(QStringLiteral("resnet20-slimmable"))), widths);
  EXPECT_EQ(methodNames(loadNetwork(QStringLiteral("deco-vgg16"))), heads);
  EXPECT_EQ(methodNames(loadNetwork(QStringLiteral("deco-mobilenetv1"))), heads);
  for (const QString &name : libraryNetworks()) EXPECT_EQ(methodNames(loadNetwork(name)), widths) << name.toStdString();
}

TEST(Methods, trainLeNetAsAWholeOrInFourWidths) {
  const NetworkSpec lenet = loadNetwork(QStringLiteral("lenet5"));
  EXPECT_EQ(usualRecipe(lenet), QStringLiteral("short-individual"));
  EXPECT_EQ(namesOf(usualVariants(lenet, Method::Individual)), QStringList{QStringLiteral("whole")})
      << "its convolutions answer nothing";
  EXPECT_EQ(namesOf(usualVariants(lenet, Method::ClippedGroupLasso)), QStringList{QStringLiteral("whole")});
  const std::vector<Variant> four = usualVariants(lenet, Method::Slimmable);
  EXPECT_EQ(namesOf(four), (QStringList{QStringLiteral("1.0"), QStringLiteral("0.75"), QStringLiteral("0.5"),
                                        QStringLiteral("0.25")}));
  for (const Variant &variant : four) EXPECT_EQ(findVariant(lenet, variant.name), variant);
}

TEST(Methods, ofAFileThatNamesNoBindingsAreThoseOfItsLayers) {
  const QByteArray heads = R"({"name": "two", "input": [3, 8, 8],
    "spaces": [{"width": 3, "adjustable": false}, {"width": 4, "adjustable": true}, {"width": 5, "adjustable": false},
               {"width": 5, "adjustable": false}],
    "layers": [{"name": "input", "op": "input", "space": 0, "inputs": []},
               {"name": "conv", "op": "conv", "inputs": ["input"], "space": 1, "kernel": 3, "padding": 1},
               {"name": "a", "op": "linear", "inputs": ["conv"], "space": 2},
               {"name": "b", "op": "linear", "inputs": ["conv"], "space": 3}],
    "variants": [{"name": "early", "output": "conv"}, {"name": "a", "output": "a"}, {"name": "b", "output": "b"}]})";
  const NetworkSpec network = readNetwork(heads, QStringLiteral("two.json"));
  EXPECT_EQ(methodsOf(network).size(), trainingMethods().size());
  EXPECT_EQ(namesOf(usualVariants(network, Method::Joint)), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
}
