// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/simulate/random_graphs.h"

#include <random>

#include "core/network/network_builder.h"

namespace pimento::test {

namespace {

class Grower {
 public:
  explicit Grower(std::uint64_t seed)
      : m_random(seed), m_net(QStringLiteral("random"), QStringLiteral("Random"), image()) {}

  NetworkSpec grow() {
    const int blocks = pick(1, 4);
    for (int i = 0; i < blocks; ++i) block();
    if (pick(0, 2) > 0) m_x = m_net.globalAveragePool(name("average"), m_x);
    if (pick(0, 3) == 0) m_x = m_net.linear(name("hidden"), m_x, m_net.space(pick(1, 9)), Activation::Relu);
    m_net.linear(name("classes"), m_x, m_net.space(pick(2, 6), false));
    NetworkSpec spec = m_net.spec();
    spec.bindings = {QStringLiteral("slimmable")};
    return spec;
  }

 private:
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
  Shape image() { return {pick(1, 5), pick(4, 9), pick(4, 9)}; }
  QString name(const char *what) { return QStringLiteral("%1%2").arg(QString::fromLatin1(what)).arg(m_count++); }
  Activation activation() { return pick(0, 1) == 0 ? Activation::None : Activation::Relu; }
  [[nodiscard]] Shape shape() { return outputShapes(m_net.spec(), Variant{})[m_x]; }

  void block() {
    switch (pick(0, 7)) {
      case 0:
        return depthwise();
      case 1:
        return residual();
      case 2:
        return shortcut();
      case 3:
        return pool();
      case 4:
        return readTwice();
      case 5:
        m_x = m_net.batchNorm(name("norm"), m_x, activation());
        return;
      default:
        return convolution();
    }
  }

  // Kernel, stride and padding that leave at least one pixel.
  void convolution() {
    const Shape s = shape();
    const int kernel = pick(1, std::min({5, s.height, s.width}));
    const bool normed = pick(0, 2) > 0;
    const SpaceId out = m_net.space(pick(1, 12));
    m_x = m_net.conv(name("conv"), m_x, out, kernel, pick(1, 3), !normed, normed ? Activation::None : activation());
    m_net.spec().layers[m_x].padding = pick(0, kernel);
    if (normed) m_x = m_net.batchNorm(name("norm"), m_x, activation());
  }

  void depthwise() {
    const Shape s = shape();
    m_x = m_net.depthwise(name("depthwise"), m_x, pick(1, std::min({4, s.height, s.width})), pick(1, 2));
    if (pick(0, 1) == 0) m_x = m_net.batchNorm(name("norm"), m_x, activation());
  }

  void residual() {
    const LayerId in = m_x;
    m_x = m_net.conv(name("conv"), m_x, m_net.spaceOf(in), 3, 1, false);
    m_x = m_net.batchNorm(name("norm"), m_x, Activation::None);
    m_x = m_net.add(name("add"), m_x, in, activation());
  }

  // ResNet's option A: a strided convolution to more channels, and the padded shortcut beside it.
  void shortcut() {
    const LayerId in = m_x;
    const SpaceId out = m_net.space(m_net.spec().spaces[m_net.spaceOf(in)].width + pick(0, 5));
    const int stride = pick(1, 2);
    m_x = m_net.conv(name("conv"), in, out, 3, stride, false);
    m_x = m_net.batchNorm(name("norm"), m_x, Activation::None);
    m_x = m_net.add(name("add"), m_x, m_net.padShortcut(name("shortcut"), in, out, stride), activation());
  }

  void pool() {
    const Shape s = shape();
    const int kernel = pick(1, std::min({3, s.height, s.width}));
    m_x = m_net.maxPool(name("pool"), m_x, kernel, pick(1, 2), pick(0, kernel / 2));
  }

  // A convolution whose map two layers read, so that its batch norm can not be folded.
  void readTwice() {
    const LayerId conv = m_net.conv(name("conv"), m_x, m_net.space(pick(1, 6)), 1, 1, true);
    const LayerId norm = m_net.batchNorm(name("norm"), conv, activation());
    m_x = m_net.add(name("add"), conv, norm, activation());
  }

  std::mt19937_64 m_random;
  NetworkBuilder m_net;
  LayerId m_x = 0;
  int m_count = 0;
};

}  // namespace

NetworkSpec randomGraph(std::uint64_t seed) { return Grower(seed).grow(); }

std::vector<Variant> randomVariants(const NetworkSpec &spec, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Variant part = widthVariant(spec, 0.5);
  for (auto &[space, set] : part.kept)
    if (random() % 2 == 0 && spec.spaces[space].width > set.count) {
      set.indices.clear();  // leaves the first channels out
      for (int i = spec.spaces[space].width - set.count; i < spec.spaces[space].width; ++i) set.indices.push_back(i);
    }
  return {widthVariant(spec, 1), part};
}

}  // namespace pimento::test
