// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/weights_file.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/learn/network_module.h"
#include "core/network/families/families.h"

namespace pimento::learn {

namespace {

const Binding Alone{QStringLiteral("alone"), Sharing::Shared, Sharing::Shared};

NetworkModule quarter(std::uint64_t seed) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  NetworkModule module(network, {network.variants[3]}, Alone);
  module.initialise(seed);
  return module;
}

bool sameValues(const NetworkModule &a, const NetworkModule &b) {
  return at::equal(a.store().values(), b.store().values());
}

}  // namespace

TEST(WeightsFile, roundsThroughSafetensors) {
  const NetworkModule from = quarter(1);
  NetworkModule to = quarter(2);
  const SafeTensors file =
      readSafeTensors(writeSafeTensors(exportWeights(from.store())), QStringLiteral("w.safetensors"));
  const LoadReport report = importWeights(to.store(), file);
  EXPECT_TRUE(report.complete());
  EXPECT_TRUE(report.leftOver.isEmpty());
  EXPECT_EQ(report.loaded.size(), static_cast<qsizetype>(from.store().tensors().size()));
  EXPECT_TRUE(sameValues(from, to));
}

TEST(WeightsFile, readsTheNamesAndTypesOfOthers) {
  const NetworkModule from = quarter(1);
  SafeTensors file = exportWeights(from.store());
  for (Tensor &tensor : file.tensors) {
    const at::Tensor values = fromTensor(tensor)->to(at::kDouble).contiguous();
    tensor.type = TensorType::F64;
    tensor.bytes = QByteArray(static_cast<const char *>(values.data_ptr()), static_cast<qsizetype>(values.nbytes()));
    tensor.name.replace(QStringLiteral("fc."), QStringLiteral("linear."));
    tensor.name.prepend(QStringLiteral("module."));
  }
  const std::vector<std::int64_t> steps{7};
  file.tensors.push_back(makeTensor<std::int64_t>(QStringLiteral("module.bn1.num_batches_tracked"), steps));
  NetworkModule to = quarter(2);
  const LoadReport report = importWeights(to.store(), file);
  EXPECT_TRUE(report.complete());
  EXPECT_TRUE(report.leftOver.isEmpty());
  EXPECT_TRUE(sameValues(from, to));
}

TEST(WeightsFile, reportsWhatDoesNotFit) {
  SafeTensors file = exportWeights(quarter(1).store());
  for (Tensor &tensor : file.tensors) {
    if (tensor.name == QStringLiteral("conv1.weight")) tensor.name = QStringLiteral("stem.weight");
    if (tensor.name == QStringLiteral("fc.bias")) tensor = toTensor(tensor.name, at::zeros({11}));
  }
  NetworkModule to = quarter(2);
  const LoadReport report = importWeights(to.store(), file);
  EXPECT_EQ(report.missing, QStringList{QStringLiteral("conv1.weight")});
  EXPECT_EQ(report.leftOver, QStringList{QStringLiteral("stem.weight")});
  ASSERT_EQ(report.otherShape.size(), 1);
  EXPECT_TRUE(report.otherShape[0].contains(QStringLiteral("F32 11 in the file")));
  EXPECT_FALSE(report.complete());
  try {
    requireComplete(report, QStringLiteral("w.safetensors"));
    FAIL();
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(QStringLiteral("conv1.weight"))) << error.what();
  }
}

}  // namespace pimento::learn
