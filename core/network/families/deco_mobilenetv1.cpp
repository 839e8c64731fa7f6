// SPDX-License-Identifier: GPL-3.0-or-later
// DECO, Table I, MobileNetV1: no biases, a batch norm after each convolution; a pair is a depthwise 3x3 and a
// pointwise 1x1. Table I counts the classification modules from a 64x64 feature map, twice what the extractor
// gives, and a depthwise convolution as a dense one.
#include <vector>

#include "core/network/families/families.h"
#include "core/network/network_builder.h"

namespace pimento {

namespace {

struct Pair {
  int channels;  // out of the pointwise convolution
  int stride;    // of the depthwise one
};

LayerId pairs(NetworkBuilder &net, const QString &module, LayerId input, const std::vector<Pair> &list) {
  net.module(module);
  int index = 0;
  for (const Pair &pair : list) {
    const QString name = QStringLiteral("%1.pair%2.").arg(module.toLower()).arg(++index);
    input = net.depthwise(name + QStringLiteral("depthwise"), input, 3, pair.stride);
    input = net.batchNorm(name + QStringLiteral("bn1"), input, Activation::Relu);
    input = net.conv(name + QStringLiteral("pointwise"), input, net.space(pair.channels), 1, 1, false);
    input = net.batchNorm(name + QStringLiteral("bn2"), input, Activation::Relu);
  }
  return input;
}

}  // namespace

NetworkSpec decoMobileNetV1(int classes) {
  NetworkBuilder net(QStringLiteral("deco-mobilenetv1"), QStringLiteral("DECO MobileNetV1"), {3, 64, 64});
  const SpaceId classSpace = net.space(classes, false);
  net.module(QStringLiteral("FE"));
  const LayerId conv = net.conv(QStringLiteral("fe.conv1"), 0, net.space(32), 3, 2, false);
  const LayerId feature = net.batchNorm(QStringLiteral("fe.bn1"), conv, Activation::Relu);

  const std::vector<std::vector<Pair>> heads{
      {{64, 1},
       {128, 2},
       {128, 1},
       {256, 2},
       {256, 1},
       {512, 2},
       {512, 1},
       {512, 1},
       {512, 1},
       {512, 1},
       {512, 1},
       {1024, 2},
       {1024, 1}},
      {{64, 1}, {128, 2}, {256, 4}, {512, 2}, {1024, 2}},
      {{64, 1}, {128, 2}, {128, 2}},
      {{64, 1}, {128, 2}},
  };
  NetworkSpec &spec = net.spec();
  PublishedConvention convention{QStringLiteral("Table I counts MobileNetV1's modules from a 64x64 feature map (it is "
                                                "32x32) and depthwise layers as dense ones."),
                                 {}};
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const QString module = QStringLiteral("CM%1").arg(i + 1);
    const QString prefix = module.toLower();
    LayerId x = pairs(net, module, feature, heads[i]);
    x = net.globalAveragePool(prefix + QStringLiteral(".pool"), x);
    x = net.linear(prefix + QStringLiteral(".fc"), x, classSpace);
    spec.variants.push_back({QStringLiteral("fe+") + prefix, x, {}, {}});
    convention.rules.push_back({module, 2, true});
  }
  spec.source = QStringLiteral("DECO, Table I and section IV-A; layer lists reconstructed from its counts");
  spec.published = convention;
  spec.bindings = {QStringLiteral("joint"), QStringLiteral("independent")};
  return std::move(spec);
}

}  // namespace pimento
