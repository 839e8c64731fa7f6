// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/learn/tiny.h"

#include "core/base/random.h"
#include "core/data/statistics.h"
#include "core/network/network_builder.h"

namespace pimento::test {

namespace {

constexpr int Side = 8;

LayerId convBn(NetworkBuilder &net, const char *name, LayerId in, SpaceId out, int stride, Activation after) {
  const QString text = QString::fromLatin1(name);
  const LayerId conv = net.conv(text + QStringLiteral(".conv"), in, out, 3, stride, false);
  return net.batchNorm(text + QStringLiteral(".bn"), conv, after);
}

}  // namespace

NetworkSpec tinyNetwork(int classes) {
  NetworkBuilder net(QStringLiteral("tiny"), QStringLiteral("Tiny"), {3, Side, Side});
  const LayerId stem = convBn(net, "stem", 0, net.space(4), 1, Activation::Relu);
  LayerId x = convBn(net, "one", stem, net.space(6), 1, Activation::Relu);
  x = convBn(net, "two", x, net.spaceOf(stem), 1, Activation::None);
  const LayerId sum = net.add(QStringLiteral("sum"), x, stem, Activation::Relu);
  const SpaceId wide = net.space(8);
  x = convBn(net, "three", sum, wide, 2, Activation::Relu);
  x = net.depthwise(QStringLiteral("four.conv"), x, 3, 1);
  x = net.batchNorm(QStringLiteral("four.bn"), x, Activation::None);
  x = net.add(QStringLiteral("late"), x, net.padShortcut(QStringLiteral("pad"), sum, wide, 2), Activation::Relu);
  x = net.maxPool(QStringLiteral("pool"), x, 2, 2);
  x = net.globalAveragePool(QStringLiteral("average"), x);
  net.linear(QStringLiteral("fc"), x, net.space(classes, false));
  NetworkSpec &spec = net.spec();
  for (const double ratio : {1.0, 0.5}) spec.variants.push_back(widthVariant(spec, ratio));
  spec.bindings = {QStringLiteral("slimmable"), QStringLiteral("individual")};
  return std::move(spec);
}

NetworkSpec tinyHeads(int classes) {
  NetworkBuilder net(QStringLiteral("tiny-heads"), QStringLiteral("Tiny heads"), {3, Side, Side});
  net.module(QStringLiteral("FE"));
  const LayerId stem = convBn(net, "stem", 0, net.space(4), 1, Activation::Relu);
  for (const char *name : {"a", "b"}) {
    const QString head = QString::fromLatin1(name);
    net.module(head);
    LayerId x = convBn(net, name, stem, net.space(5), 2, Activation::Relu);
    x = net.globalAveragePool(head + QStringLiteral(".average"), x);
    x = net.linear(head + QStringLiteral(".fc"), x, net.space(classes, false));
    net.spec().variants.push_back({head, x, {}, {}});
  }
  net.spec().bindings = {QStringLiteral("joint"), QStringLiteral("independent")};
  return std::move(net.spec());
}

learn::Source tinyImages(std::size_t n, int classes, std::uint64_t seed) {
  const Shape shape{3, Side, Side};
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  for (std::size_t i = 0; i < n; ++i) {
    Random random(seed, i);
    const auto label = static_cast<std::uint16_t>(random.below(static_cast<std::uint64_t>(classes)));
    labels.push_back(label);
    for (int c = 0; c < shape.channels; ++c)
      for (int y = 0; y < Side; ++y)
        for (int x = 0; x < Side; ++x) {
          const bool bright = x * classes / Side == label;
          pixels.push_back(static_cast<std::uint8_t>((bright ? 120 : 30) + random.below(90)));
        }
  }
  learn::Source source{makeImages(shape, labels, pixels, QStringLiteral("tiny")), {}};
  source.recipe.shape = shape;
  source.recipe.crop = 1;
  source.recipe.normalise = pixelStatistics(source.images);
  return source;
}

}  // namespace pimento::test
