// SPDX-License-Identifier: GPL-3.0-or-later
// DECO, Table I, VGG16: 3x3 convolutions with bias, padding 1, no batch norm. The layer lists below give every
// MAC and parameter count that the table prints.
#include <vector>

#include "core/network/families/families.h"
#include "core/network/network_builder.h"

namespace pimento {

namespace {

constexpr int Pool = 0;  // in a layer list: 2x2 max pool

class VggBuilder {
 public:
  explicit VggBuilder(NetworkBuilder &net, SpaceId classes) : m_net(net), m_classes(classes) {}

  // Convolutions by output channels, and pools, named after VGG's blocks: conv2_1, conv2_2, pool2, conv3_1, …
  LayerId features(const QString &module, LayerId input, int block, const std::vector<int> &list) {
    m_net.module(module);
    const QString prefix = module.toLower();
    int index = 0;
    for (const int channels : list) {
      if (channels == Pool) {
        input = m_net.maxPool(QStringLiteral("%1.pool%2").arg(prefix).arg(block++), input, 2, 2);
        index = 0;
      } else {
        input = m_net.conv(QStringLiteral("%1.conv%2_%3").arg(prefix).arg(block).arg(++index), input,
                           m_net.space(channels), 3, 1, true, Activation::Relu);
      }
    }
    return input;
  }

  LayerId pool(const QString &name, LayerId input, int size) { return m_net.maxPool(name, input, size, size); }

  // Hidden fully-connected layers by width, then the classes; adds the variant "fe+cmN".
  void classifier(const QString &module, LayerId input, const std::vector<int> &hidden) {
    int index = 0;
    const QString prefix = module.toLower();
    const auto name = [&] { return QStringLiteral("%1.fc%2").arg(prefix).arg(++index); };
    for (const int width : hidden) input = m_net.linear(name(), input, m_net.space(width), Activation::Relu);
    input = m_net.linear(name(), input, m_classes);
    m_net.spec().variants.push_back({QStringLiteral("fe+%1").arg(prefix), input, {}, {}});
  }

 private:
  NetworkBuilder &m_net;
  SpaceId m_classes;
};

}  // namespace

NetworkSpec decoVgg16(int classes) {
  NetworkBuilder net(QStringLiteral("deco-vgg16"), QStringLiteral("DECO VGG16"), {3, 64, 64});
  VggBuilder vgg(net, net.space(classes, false));
  const LayerId feature = vgg.features(QStringLiteral("FE"), 0, 1, {64, 64, Pool});

  const QString cm1 = QStringLiteral("CM1");
  vgg.classifier(
      cm1,
      vgg.features(cm1, feature, 2, {128, 128, Pool, 256, 256, 256, Pool, 512, 512, 512, Pool, 512, 512, 512, Pool}),
      {1024, 1024});
  const QString cm2 = QStringLiteral("CM2");
  LayerId x = vgg.features(cm2, feature, 2, {128});
  x = vgg.pool(QStringLiteral("cm2.pool2"), x, 4);
  x = vgg.features(cm2, x, 3, {256});
  vgg.classifier(cm2, vgg.pool(QStringLiteral("cm2.pool3"), x, 4), {64});
  const QString cm3 = QStringLiteral("CM3");
  x = vgg.features(cm3, feature, 2, {128});
  vgg.classifier(cm3, vgg.pool(QStringLiteral("cm3.pool2"), x, 16), {128});
  const QString cm4 = QStringLiteral("CM4");
  net.module(cm4);
  vgg.classifier(cm4, vgg.pool(QStringLiteral("cm4.pool1"), feature, 16), {64});

  NetworkSpec &spec = net.spec();
  spec.source = QStringLiteral("DECO, Table I and section IV-A; layer lists reconstructed from its counts");
  spec.published = PublishedConvention{QStringLiteral("Table I counts VGG16 as it runs."), {}};
  spec.bindings = {QStringLiteral("joint"), QStringLiteral("independent")};
  return std::move(spec);
}

}  // namespace pimento
