// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/module/weights_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/learn/module/network_module.h"
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

LoadReport import(ParameterStore &store, const SafeTensors &file) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  return importWeights(store, namedFor(network, file, QStringLiteral("w.safetensors")));
}

Tensor &find(SafeTensors &file, const char *name) {
  return *std::find_if(file.tensors.begin(), file.tensors.end(),
                       [&](const Tensor &tensor) { return tensor.name == QLatin1String(name); });
}

// The message of reading weights of which one number is replaced.
std::string errorWith(const char *name, double value) {
  SafeTensors file = exportWeights(quarter(1).store());
  at::Tensor values = *fromTensor(find(file, name));
  values.view(-1)[1] = value;
  find(file, name) = toTensor(QString::fromLatin1(name), values);
  NetworkModule to = quarter(2);
  try {
    static_cast<void>(import(to.store(), file));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
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
  const LoadReport report = import(to.store(), file);
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
  const LoadReport report = import(to.store(), file);
  EXPECT_TRUE(report.complete());
  EXPECT_TRUE(report.leftOver.isEmpty());
  EXPECT_TRUE(sameValues(from, to));
}

TEST(WeightsFile, refusesWhatIsNoNumberByTheTensorsName) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const char *name : {"conv1.weight", "layer2.0.bn1.weight", "layer3.2.bn2.running_mean", "fc.bias"})
    for (const double value : {std::nan(""), infinity, -infinity}) {
      const std::string error = errorWith(name, value);
      EXPECT_EQ(error.find("w.safetensors, tensor \"" + std::string(name) + "\": 1 of its "), 0U) << error;
    }
  EXPECT_NE(errorWith("bn1.running_var", -0.5).find("tensor \"bn1.running_var\": it holds the variance -0.5"),
            std::string::npos);
  EXPECT_EQ(errorWith("bn1.running_var", 0), "no error");
  EXPECT_EQ(errorWith("bn1.running_mean", -0.5), "no error");
}

TEST(WeightsFile, refusesNumbersPastSinglePrecision) {
  SafeTensors file = exportWeights(quarter(1).store());
  Tensor &bias = find(file, "fc.bias");
  bias = makeTensor<double>(bias.name, std::vector<double>(10, 1e39));
  NetworkModule to = quarter(2);
  EXPECT_THROW(static_cast<void>(import(to.store(), file)), Error);
}

TEST(WeightsFile, passesOverWhatIsNotUsed) {
  SafeTensors file = exportWeights(quarter(1).store());
  file.tensors.push_back(toTensor(QStringLiteral("mask"), at::full({2}, std::nan(""))));
  NetworkModule to = quarter(2);
  EXPECT_TRUE(import(to.store(), file).complete());
}

// ResNet20 of option B has convolutions in its shortcuts: without them it is another function.
TEST(WeightsFile, tellsLeftOverTensorsOfOtherLayersFromBookkeeping) {
  SafeTensors file = exportWeights(quarter(1).store());
  for (const char *name : {"layer2.0.downsample.0.weight", "layer2.0.downsample.1.weight"})
    file.tensors.push_back(toTensor(QString::fromLatin1(name), at::zeros({8, 4})));
  file.tensors.push_back(toTensor(QStringLiteral("total_ops"), at::zeros({1})));
  const std::vector<std::int64_t> epoch{7};
  file.tensors.push_back(makeTensor<std::int64_t>(QStringLiteral("epoch"), epoch));
  NetworkModule to = quarter(2);
  LoadReport report = import(to.store(), file);
  EXPECT_EQ(report.foreign, (QStringList{QStringLiteral("layer2.0.downsample.0.weight"),
                                         QStringLiteral("layer2.0.downsample.1.weight")}));
  EXPECT_EQ(report.leftOver.size(), 3);  // and "epoch"
  try {
    requireNothingForeign(report, QStringLiteral("w.safetensors"));
    FAIL();
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(QStringLiteral("downsample.0.weight"))) << error.what();
    EXPECT_TRUE(error.message().contains(QStringLiteral("--ignore 'layer*.*.downsample.*"))) << error.what();
  }
  ignore(report, {QStringLiteral("layer*.*.downsample.*")});
  EXPECT_NO_THROW(requireNothingForeign(report, QStringLiteral("w.safetensors")));
  EXPECT_EQ(report.ignored.size(), 2);
}

TEST(WeightsFile, reportsWhatDoesNotFit) {
  SafeTensors file = exportWeights(quarter(1).store());
  for (Tensor &tensor : file.tensors) {
    if (tensor.name == QStringLiteral("conv1.weight")) tensor.name = QStringLiteral("stem.weight");
    if (tensor.name == QStringLiteral("fc.bias")) tensor = toTensor(tensor.name, at::zeros({11}));
  }
  NetworkModule to = quarter(2);
  const LoadReport report = import(to.store(), file);
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
