// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/tensor_names.h"

#include <gtest/gtest.h>

#include <ctime>

#include "core/network/binding.h"
#include "core/network/families/families.h"
#include "core/weights/load_report.h"

using namespace pimento;

namespace {

Tensor tensorOf(const QString &name, std::vector<qint64> shape) {
  qint64 elements = 1;
  for (const qint64 size : shape) elements *= size;
  return {name, TensorType::F32, std::move(shape), QByteArray(elements * 4, '\0')};
}

QStringList namesOf(const NamedTensors &named) {
  QStringList names;
  for (const auto &[name, tensor] : named.byName) names << name;
  return names;
}

NamedTensors namedIn(const NetworkSpec &spec, const SafeTensors &file) {
  return namedFor(spec, file, QStringLiteral("net.pth"));
}

// All names of one layer with a batch norm in the public slimmable code, widths from the narrowest on.
void addNorms(SafeTensors &file, const QString &layer, int channels) {
  for (int i = 0; i < 4; ++i)
    for (const char *part : {"weight", "bias", "running_mean", "running_var"})
      file.tensors.push_back(
          tensorOf(QStringLiteral("%1.bn.%2.%3").arg(layer).arg(i).arg(QLatin1String(part)), {channels * (i + 1) / 4}));
}

// As models/s_resnet.py of github.com/JiahuiYu/slimmable_networks names ResNet50, wrapped in DataParallel.
SafeTensors slimmableResNet50() {
  SafeTensors file;
  const auto conv = [&](const QString &name, qint64 out, qint64 in, qint64 side) {
    file.tensors.push_back(tensorOf(name + QStringLiteral(".weight"), {out, in, side, side}));
  };
  const QString features = QStringLiteral("module.features.");
  conv(features + QStringLiteral("0.0"), 64, 3, 7);
  addNorms(file, features + QStringLiteral("0.1"), 64);
  const int blocks[] = {3, 4, 6, 3};
  int index = 1;
  int in = 64;
  for (int stage = 0; stage < 4; ++stage)
    for (int b = 0; b < blocks[stage]; ++b, ++index) {
      const int out = 256 << stage;
      const int middle = out / 4;
      const QString block = features + QString::number(index);
      const int sides[] = {1, 3, 1};
      const int ins[] = {in, middle, middle};
      const int outs[] = {middle, middle, out};
      for (int c = 0; c < 3; ++c) {
        conv(QStringLiteral("%1.body.%2").arg(block).arg(3 * c), outs[c], ins[c], sides[c]);
        addNorms(file, QStringLiteral("%1.body.%2").arg(block).arg(3 * c + 1), outs[c]);
      }
      if (b == 0) {
        conv(block + QStringLiteral(".shortcut.0"), out, in, 1);
        addNorms(file, block + QStringLiteral(".shortcut.1"), out);
      }
      in = out;
    }
  file.tensors.push_back(tensorOf(QStringLiteral("module.classifier.0.weight"), {1000, 2048}));
  file.tensors.push_back(tensorOf(QStringLiteral("module.classifier.0.bias"), {1000}));
  return file;
}

}  // namespace

TEST(TensorNames, areFreeOfWrappers) {
  for (const char *name :
       {"conv1.weight", "module.conv1.weight", "_orig_mod.conv1.weight", "module.module.conv1.weight",
        "model.conv1.weight", "state_dict.conv1.weight", "state_dict.module._orig_mod.model.conv1.weight"})
    EXPECT_EQ(plainTensorName(QString::fromLatin1(name)), QStringLiteral("conv1.weight"));
  EXPECT_EQ(plainTensorName(QStringLiteral("modules.0.weight")), QStringLiteral("modules.0.weight"));
}

TEST(TensorNames, areThoseOfTheNetwork) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  SafeTensors file;
  for (const char *name : {"module._orig_mod.conv1.weight", "model.linear.bias", "conv1.weight", "other.weight"})
    file.tensors.push_back(tensorOf(QString::fromLatin1(name), {1}));
  const NamedTensors named = namedIn(spec, file);
  // The plain one wins, whatever its place in the file; the other keeps its name and is left over.
  EXPECT_EQ(named.byName.at(QStringLiteral("conv1.weight"))->name, QStringLiteral("conv1.weight"));
  EXPECT_EQ(namesOf(named),
            (QStringList{QStringLiteral("conv1.weight"), QStringLiteral("linear.bias"),
                         QStringLiteral("module._orig_mod.conv1.weight"), QStringLiteral("other.weight")}));
  ASSERT_NE(findTensor(named, QStringLiteral("fc.bias")), nullptr);
  EXPECT_EQ(findTensor(named, QStringLiteral("fc.bias"))->name, QStringLiteral("model.linear.bias"));
}

TEST(TensorNames, ofThePublicSlimmableNetworksAreAllUnderstood) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet50-slimmable"), 1000);
  const SafeTensors file = slimmableResNet50();
  const NamedTensors named = namedIn(spec, file);
  const Binding binding = findBinding(spec, QStringLiteral("slimmable"));
  QSet<QString> used;
  for (const Variant &variant : spec.variants)
    for (const TensorUse &use : tensors(spec, variant, binding)) {
      const Tensor *tensor = findTensor(named, use.tensor);
      ASSERT_NE(tensor, nullptr) << use.tensor.toStdString();
      used << tensor->name;
      if (spec.layers[use.layer].op == Op::BatchNorm) {
        EXPECT_EQ(tensor->shape[0], use.out.count) << use.tensor.toStdString();
      }
    }
  for (const Tensor &tensor : file.tensors)
    EXPECT_TRUE(used.contains(tensor.name) || tensor.name.contains(QStringLiteral("running_")))
        << tensor.name.toStdString();
  EXPECT_EQ(named.byName.at(QStringLiteral("0.25/layer2.0.downsample.1.running_var"))->name,
            QStringLiteral("module.features.4.shortcut.1.bn.0.running_var"));
  EXPECT_EQ(named.byName.at(QStringLiteral("layer4.2.conv3.weight"))->name,
            QStringLiteral("module.features.16.body.6.weight"));
}

TEST(TensorNames, ofNormsByWidthGoByTheirSizes) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  SafeTensors file;
  for (const int channels : {12, 16, 5})  // 0.75, 1.0, and a width that the network does not have
    file.tensors.push_back(tensorOf(QStringLiteral("bn1.bn.%1.weight").arg(file.tensors.size()), {channels}));
  const NamedTensors named = namedIn(spec, file);
  EXPECT_EQ(named.byName.at(QStringLiteral("0.75/bn1.weight"))->shape[0], 12);
  EXPECT_EQ(named.byName.at(QStringLiteral("1.0/bn1.weight"))->shape[0], 16);
  EXPECT_EQ(named.otherWidths, QSet<QString>{QStringLiteral("bn1.bn.2.weight")});
}

TEST(TensorNames, thatAreTakenLeaveTheOtherTensorOver) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  SafeTensors file;
  file.tensors.push_back(tensorOf(QStringLiteral("0.75/bn1.weight"), {12}));
  file.tensors.push_back(tensorOf(QStringLiteral("bn1.bn.0.weight"), {12}));
  const NamedTensors named = namedIn(spec, file);
  EXPECT_EQ(namesOf(named), (QStringList{QStringLiteral("0.75/bn1.weight"), QStringLiteral("bn1.bn.0.weight")}));
  for (const auto &[name, tensor] : named.byName) EXPECT_EQ(tensor->name, name);
}

TEST(LoadReport, namesTheFirstAndCountsTheRest) {
  const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d"),
                          QStringLiteral("e")};
  EXPECT_EQ(firstNames(names), QStringLiteral("\"a\", \"b\", \"c\" and 2 more"));
  EXPECT_EQ(firstNames(names.mid(0, 2)), QStringLiteral("\"a\", \"b\""));
  LoadReport report;
  report.missing = names;
  report.leftOver = {QStringLiteral("x.weight"), QStringLiteral("note")};
  report.foreign = {QStringLiteral("x.weight")};
  const QStringList notes = loadNotes(report);
  ASSERT_EQ(notes.size(), 3);
  EXPECT_TRUE(notes[0].startsWith(QStringLiteral("5 tensors missing")));
  EXPECT_TRUE(notes[1].contains(QStringLiteral("x.weight")));
  EXPECT_TRUE(notes[2].startsWith(QStringLiteral("1 tensors left over")));
  EXPECT_EQ(misfits(report).size(), 7U);  // each once
  EXPECT_EQ(toJson(loadReportFromJson(toJson(report))), toJson(report));
}

TEST(LoadReport, ignoresWhatPatternsName) {
  LoadReport report;
  report.leftOver = report.foreign = {QStringLiteral("layer2.0.downsample.0.weight"), QStringLiteral("head.weight")};
  ignore(report, {QStringLiteral("layer?.*.downsample.*")});
  EXPECT_EQ(report.ignored, QStringList{QStringLiteral("layer2.0.downsample.0.weight")});
  EXPECT_EQ(report.foreign, QStringList{QStringLiteral("head.weight")});
  report.leftOver = {QStringLiteral("headXweight"), QStringLiteral("my.head.weight"), QStringLiteral("head.weight")};
  ignore(report, {QStringLiteral("head.weight"), QStringLiteral("head.*")});  // a dot is a dot
  EXPECT_EQ(report.leftOver, (QStringList{QStringLiteral("headXweight"), QStringLiteral("my.head.weight")}));
}

TEST(LoadReport, tellsOfAHundredThousandStrangeTensors) {
  constexpr int Strange = 100'000;
  LoadReport report;
  for (int i = 0; i < Strange; ++i) report.leftOver << QStringLiteral("some.strange.layer.%1.weight").arg(i);
  report.foreign = report.leftOver;
  const std::clock_t start = std::clock();
  EXPECT_EQ(loadNotes(report).size(), 1);
  EXPECT_EQ(misfits(report).size(), static_cast<std::size_t>(Strange));
  ignore(report, {QStringLiteral("some.strange.layer.*.weight")});
  EXPECT_EQ(report.ignored.size(), Strange);
  EXPECT_TRUE(report.foreign.isEmpty());
  EXPECT_LT(std::clock() - start, 10 * CLOCKS_PER_SEC) << "a minute or more if every name is compared with every one";
}
