// SPDX-License-Identifier: GPL-3.0-or-later
// Slimmable ResNets of the dynamic-network paper: He et al. 2016, with width ratios as in Yu et al. 2019. Layers are
// named as torchvision names them.
#include <vector>

#include "core/network/families/families.h"
#include "core/network/network_builder.h"

namespace pimento {

namespace {

class ResNetBuilder {
 public:
  ResNetBuilder(NetworkBuilder &net, LayerId stem) : m_net(net), m_x(stem) {}

  // Two 3x3 convolutions. `option A`: subsampled shortcut with zero channels (CIFAR); else a 1x1 projection.
  void basicBlock(const QString &name, SpaceId out, int stride, bool optionA) {
    const LayerId in = m_x;
    LayerId x = convBn(name, 1, in, m_net.space(width(out)), 3, stride, Activation::Relu);
    x = convBn(name, 2, x, out, 3, 1, Activation::None);
    finish(name, in, x, stride, optionA);
  }

  // 1x1, 3x3 (with the stride, as torchvision), 1x1 to four times the width.
  void bottleneck(const QString &name, int width, SpaceId out, int stride) {
    const LayerId in = m_x;
    LayerId x = convBn(name, 1, in, m_net.space(width), 1, 1, Activation::Relu);
    x = convBn(name, 2, x, m_net.space(width), 3, stride, Activation::Relu);
    x = convBn(name, 3, x, out, 1, 1, Activation::None);
    finish(name, in, x, stride, false);
  }

  [[nodiscard]] LayerId result() const { return m_x; }

 private:
  [[nodiscard]] int width(SpaceId space) const { return m_net.spec().spaces[space].width; }

  LayerId convBn(const QString &block, int index, LayerId in, SpaceId out, int kernel, int stride, Activation after) {
    const LayerId conv = m_net.conv(QStringLiteral("%1.conv%2").arg(block).arg(index), in, out, kernel, stride, false);
    return m_net.batchNorm(QStringLiteral("%1.bn%2").arg(block).arg(index), conv, after);
  }

  void finish(const QString &name, LayerId in, LayerId x, int stride, bool optionA) {
    const SpaceId out = m_net.spaceOf(x);
    LayerId shortcut = in;
    if (m_net.spaceOf(in) != out) {
      if (optionA) {
        shortcut = m_net.padShortcut(name + QStringLiteral(".shortcut"), in, out, stride);
      } else {
        shortcut = m_net.conv(name + QStringLiteral(".downsample.0"), in, out, 1, stride, false);
        shortcut = m_net.batchNorm(name + QStringLiteral(".downsample.1"), shortcut, Activation::None);
      }
    }
    m_x = m_net.add(name + QStringLiteral(".add"), x, shortcut, Activation::Relu);
  }

  NetworkBuilder &m_net;
  LayerId m_x;
};

NetworkSpec finished(NetworkBuilder &net, LayerId x, int classes, const char *source) {
  x = net.globalAveragePool(QStringLiteral("avgpool"), x);
  net.linear(QStringLiteral("fc"), x, net.space(classes, false));
  NetworkSpec &spec = net.spec();
  for (const double ratio : {1.0, 0.75, 0.5, 0.25}) spec.variants.push_back(widthVariant(spec, ratio));
  spec.source = QString::fromLatin1(source);
  spec.bindings = {QStringLiteral("slimmable"), QStringLiteral("individual")};
  return std::move(spec);
}

LayerId imageNetStem(NetworkBuilder &net) {
  LayerId x = net.conv(QStringLiteral("conv1"), 0, net.space(64), 7, 2, false);
  x = net.batchNorm(QStringLiteral("bn1"), x, Activation::Relu);
  return net.maxPool(QStringLiteral("maxpool"), x, 3, 2, 1);
}

}  // namespace

NetworkSpec resnet20(int classes) {
  NetworkBuilder net(QStringLiteral("resnet20-slimmable"), QStringLiteral("Slimmable ResNet20"), {3, 32, 32});
  const LayerId conv = net.conv(QStringLiteral("conv1"), 0, net.space(16), 3, 1, false);
  ResNetBuilder resnet(net, net.batchNorm(QStringLiteral("bn1"), conv, Activation::Relu));
  for (int stage = 1; stage <= 3; ++stage) {
    const SpaceId out = stage == 1 ? net.spaceOf(conv) : net.space(8 << stage);
    for (int block = 0; block < 3; ++block)
      resnet.basicBlock(QStringLiteral("layer%1.%2").arg(stage).arg(block), out, stage > 1 && block == 0 ? 2 : 1, true);
  }
  return finished(net, resnet.result(), classes, "He et al. 2016, section 4.2; dynamic-network paper, section II-D");
}

NetworkSpec resnet18(int classes) {
  NetworkBuilder net(QStringLiteral("resnet18-slimmable"), QStringLiteral("Slimmable ResNet18"), {3, 224, 224});
  const LayerId stem = imageNetStem(net);
  ResNetBuilder resnet(net, stem);
  for (int stage = 1; stage <= 4; ++stage) {
    const SpaceId out = stage == 1 ? net.spaceOf(stem) : net.space(32 << stage);
    for (int block = 0; block < 2; ++block)
      resnet.basicBlock(QStringLiteral("layer%1.%2").arg(stage).arg(block), out, stage > 1 && block == 0 ? 2 : 1,
                        false);
  }
  return finished(net, resnet.result(), classes, "He et al. 2016, table 1; dynamic-network paper, section II-D");
}

NetworkSpec resnet50(int classes) {
  NetworkBuilder net(QStringLiteral("resnet50-slimmable"), QStringLiteral("Slimmable ResNet50"), {3, 224, 224});
  ResNetBuilder resnet(net, imageNetStem(net));
  const std::vector<int> blocks{3, 4, 6, 3};
  for (int stage = 1; stage <= 4; ++stage) {
    const SpaceId out = net.space(128 << stage);
    for (int block = 0; block < blocks[static_cast<std::size_t>(stage - 1)]; ++block)
      resnet.bottleneck(QStringLiteral("layer%1.%2").arg(stage).arg(block), 32 << stage, out,
                        stage > 1 && block == 0 ? 2 : 1);
  }
  return finished(net, resnet.result(), classes, "He et al. 2016, table 1; dynamic-network paper, section II-D");
}

}  // namespace pimento
