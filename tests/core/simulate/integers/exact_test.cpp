// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/exact.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/network/families/families.h"
#include "core/simulate/integers/random_network.h"
#include "tests/core/simulate/random_graphs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// The definition again, element by element, in floating point that is wide enough to be exact for up to 8 bits.
class Naive {
 public:
  Naive(const QuantisedNetwork &network, std::size_t variant, const IntegerProgram &program)
      : m_network(network), m_words(network.variants[variant].layers), m_program(program) {}

  Evaluation run(const Map &image) {
    Evaluation e;
    for (const IntegerLayer &l : m_program.layers) {
      e.maps.emplace_back();
      const auto at = [&](std::size_t input, int c, int y, int x) {
        const IntegerLayer &from = m_program.layers[l.inputs[input]];
        if (y < 0 || x < 0 || y >= from.out.height || x >= from.out.width) return double(from.format.zero);
        const auto index =
            (std::size_t(c) * std::size_t(from.out.height) + std::size_t(y)) * std::size_t(from.out.width);
        return double(e.maps[l.inputs[input]][index + std::size_t(x)]);
      };
      for (int c = 0; c < l.out.channels; ++c)
        for (int y = 0; y < l.out.height; ++y)
          for (int x = 0; x < l.out.width; ++x) {
            if (l.op == Op::Input)
              e.maps.back() = image;
            else if (l.logits)
              e.logits.push_back(std::int32_t(std::clamp(value(l, at, c, y, x), -0x1p31, 0x1p31 - 1)));
            else
              e.maps.back().push_back(std::uint16_t(clamped(l, value(l, at, c, y, x))));
          }
    }
    return e;
  }

 private:
  [[nodiscard]] double clamped(const IntegerLayer &l, double v) const {
    const Layer &last = m_network.spec.layers[l.result];
    const double low = last.activation == Activation::Relu ? l.format.zero : 0;
    return std::clamp(keeps(l) ? v : v + l.format.zero, low, std::exp2(l.format.bits) - 1);
  }
  static bool keeps(const IntegerLayer &l) { return l.op == Op::MaxPool || l.op == Op::PadShortcut; }
  static double scaled(double sum, const Requantiser &r) {
    const long double product = (static_cast<long double>(sum) + r.bias) * r.multiplier;
    return static_cast<double>(std::floor(std::ldexp(product, -r.shift) + 0.5L));
  }

  template <class At>
  double value(const IntegerLayer &l, At at, int c, int y, int x) const {
    const Layer &own = m_network.spec.layers[l.layer];
    const auto &words = m_words[l.result].words;
    const auto cell = [&](int ky, int kx, int channel) {
      return at(0, channel, y * own.stride + ky - own.padding, x * own.stride + kx - own.padding);
    };
    double sum = 0;
    std::size_t w = 0;
    switch (own.op) {
      case Op::Conv:
      case Op::Depthwise:
        for (int i = own.op == Op::Conv ? 0 : c; i < (own.op == Op::Conv ? l.in.channels : c + 1); ++i)
          for (int ky = 0; ky < own.kernel; ++ky)
            for (int kx = 0; kx < own.kernel; ++kx) sum += l.kernelWeights(c)[w++] * cell(ky, kx, i);
        return scaled(sum, words[std::size_t(c)]);
      case Op::Linear:
        for (int i = 0; i < l.in.channels; ++i)
          for (int iy = 0; iy < l.in.height; ++iy)
            for (int ix = 0; ix < l.in.width; ++ix) sum += l.kernelWeights(c)[w++] * at(0, i, iy, ix);
        return scaled(sum, words[std::size_t(c)]);
      case Op::BatchNorm:
        return scaled(at(0, c, y, x), words[std::size_t(c)]);
      case Op::GlobalAveragePool:
        for (int iy = 0; iy < l.in.height; ++iy)
          for (int ix = 0; ix < l.in.width; ++ix) sum += at(0, c, iy, ix);
        return scaled(sum, words[0]);
      case Op::Add:
        return scaled(at(0, c, y, x), words[0]) + scaled(at(1, c, y, x), words[1]);
      case Op::MaxPool:
        for (int ky = 0; ky < own.kernel; ++ky)
          for (int kx = 0; kx < own.kernel; ++kx) {
            const int iy = y * own.stride + ky - own.padding;
            const int ix = x * own.stride + kx - own.padding;
            if (iy >= 0 && ix >= 0 && iy < l.in.height && ix < l.in.width) sum = std::max(sum, at(0, c, iy, ix));
          }
        return sum;
      case Op::PadShortcut:
        return l.sources[std::size_t(c)] < 0 ? l.format.zero
                                             : at(0, l.sources[std::size_t(c)], y * own.stride, x * own.stride);
      case Op::Input:
        break;
    }
    return sum;
  }

  const QuantisedNetwork &m_network;
  const std::vector<LayerWords> &m_words;
  const IntegerProgram &m_program;
};

// One accumulator, tap by tap.
std::int64_t sumOf(const IntegerLayer &l, const Map &input, int kernel, int y, int x) {
  std::int64_t sum = 0;
  const std::int16_t *weight = l.kernelWeights(kernel);
  const auto pixels = l.in.height * l.in.width;
  if (l.op == Op::Linear) {
    for (std::size_t i = 0; i < input.size(); ++i) sum += std::int64_t{weight[i]} * input[i];
    return sum;
  }
  const int first = l.op == Op::Depthwise ? kernel : 0;
  for (int c = first; c < (l.op == Op::Depthwise ? first + 1 : l.in.channels); ++c)
    for (int tap = 0; tap < l.kernel * l.kernel; ++tap, ++weight) {
      const int row = y * l.stride + tap / l.kernel - l.padding;
      const int column = x * l.stride + tap % l.kernel - l.padding;
      const bool inside = row >= 0 && column >= 0 && row < l.in.height && column < l.in.width;
      sum += std::int64_t{*weight} * (inside ? input[std::size_t(c * pixels + row * l.in.width + column)] : l.inZero);
    }
  return sum;
}

QuantisedNetwork resnet20(Bits bits = {}) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const std::vector<Variant> narrow{spec.variants[2], spec.variants[3]};  // 0.5 and 0.25
  return randomNetwork(spec, narrow, findBinding(spec, QStringLiteral("slimmable")), bits, 1);
}

}  // namespace

TEST(Exact, equalsTheDefinitionOnRandomNetworks) {
  std::set<Op> seen;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const NetworkSpec spec = randomGraph(seed);
    validate(spec);
    const Bits bits{1 + int(seed % 8), 1 + int(seed / 8 % 8)};
    const auto zero = seed % 2 == 0 ? ZeroPoints::Usual : ZeroPoints::Any;
    const QuantisedNetwork network = randomNetwork(spec, randomVariants(spec, seed),
                                                   findBinding(spec, QStringLiteral("slimmable")), bits, seed, zero);
    for (std::size_t v = 0; v < network.variants.size(); ++v) {
      const IntegerProgram program = integerProgram(network, v);
      for (const IntegerLayer &layer : program.layers) seen.insert(layer.op);
      const Map image = randomImage(program, seed, 7);
      EXPECT_EQ(evaluate(program, image), Naive(network, v, program).run(image)) << "seed " << seed << " variant " << v;
    }
  }
  EXPECT_EQ(seen.size(), 9U) << "every kind of layer takes part";
}

TEST(Exact, sumsWideIntegersInWholeNumbers) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const NetworkSpec spec = randomGraph(seed);
    const Bits bits{9 + int(seed % 8), 16 - int(seed / 8 % 5)};
    const QuantisedNetwork network =
        randomNetwork(spec, randomVariants(spec, seed), findBinding(spec, QStringLiteral("slimmable")), bits, seed);
    const IntegerProgram program = integerProgram(network, 0);
    const Evaluation run = evaluate(program, randomImage(program, seed, 1));
    for (const IntegerLayer &layer : program.layers) {
      if (!hasWeights(layer.op)) continue;
      const Map &input = run.maps[layer.inputs[0]];
      const auto sums = exactAccumulators(layer, input);
      std::size_t next = 0;
      for (int k = 0; k < layer.out.channels; ++k)
        for (int y = 0; y < layer.out.height; ++y)
          for (int x = 0; x < layer.out.width; ++x, ++next) EXPECT_EQ(sums[next], sumOf(layer, input, k, y, x));
    }
  }
}

TEST(Exact, randomNetworksFillTheirRange) {
  const QuantisedNetwork network = resnet20();
  const IntegerProgram program = integerProgram(network, 0);
  const Evaluation run = evaluate(program, randomImage(program, 3, 0));
  for (std::size_t i = 1; i + 1 < program.layers.size(); ++i) {
    if (program.layers[i].op == Op::GlobalAveragePool) continue;  // averages of noise lie close together
    const auto &map = run.maps[i];
    double sum = 0;
    double squares = 0;
    for (const double q : map) {
      sum += q;
      squares += q * q;
    }
    const double mean = sum / double(map.size());
    EXPECT_GT(std::sqrt(squares / double(map.size()) - mean * mean), 12) << i;  // of 255
  }
  EXPECT_EQ(run.logits.size(), 10U);
}

TEST(Exact, randomNetworksAreAFunctionOfTheirSeed) {
  const QuantisedNetwork network = resnet20({4, 4});
  EXPECT_EQ(network, resnet20({4, 4}));
  const NetworkSpec &spec = network.spec;
  EXPECT_FALSE(network == randomNetwork(spec, {spec.variants[2], spec.variants[3]}, network.binding, {4, 4}, 2));
  EXPECT_EQ(network.weights.size(), 20U) << "widths share their weights";
}

TEST(Exact, headsOfOneExtractorShareItsIntegers) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  const std::vector<Variant> heads{spec.variants[2], spec.variants[3]};
  const QuantisedNetwork network = randomNetwork(spec, heads, findBinding(spec, QStringLiteral("joint")), {}, 5);
  const IntegerProgram a = integerProgram(network, 0);
  const IntegerProgram b = integerProgram(network, 1);
  const Map image = randomImage(a, 1, 0);
  const Evaluation runA = evaluate(a, image);
  const Evaluation runB = evaluate(b, image);
  for (std::size_t i = 0; i < a.layers.size() && spec.layers[a.layers[i].layer].module == QStringLiteral("FE"); ++i)
    EXPECT_EQ(runA.maps[i], runB.maps[i]) << i;
  EXPECT_NE(runA.logits, runB.logits);
}

TEST(Exact, overflowIsAnErrorBeforeAnythingRuns) {
  QuantisedNetwork network = resnet20();
  auto &words = network.variants[0].layers[2].words;  // bn1
  ASSERT_EQ(words.size(), 8U);
  words[5].bias = INT32_MAX - 1000;
  try {
    (void)integerProgram(network, 0);
    FAIL();
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(QStringLiteral("conv1"))) << error.what();
    EXPECT_TRUE(error.message().contains(QStringLiteral("channel 5"))) << error.what();
    EXPECT_TRUE(error.message().contains(QStringLiteral("32-bit"))) << error.what();
  }
  EXPECT_NO_THROW((void)integerProgram(network, 1));
}

TEST(Exact, refusesNetworksThatDoNotFit) {
  const QuantisedNetwork whole = resnet20({4, 8});
  const auto refused = [&](auto change) {
    QuantisedNetwork network = whole;
    change(network);
    EXPECT_THROW((void)integerProgram(network, 0), Error);
  };
  refused([](QuantisedNetwork &n) { n.weights.erase(QStringLiteral("fc.weight")); });
  refused([](QuantisedNetwork &n) { n.weights[QStringLiteral("fc.weight")].values[0] = 8; });
  refused([](QuantisedNetwork &n) { n.weights[QStringLiteral("fc.weight")].kernels = 9; });
  refused([](QuantisedNetwork &n) { n.bits.weights = 17; });
  refused([](QuantisedNetwork &n) { n.variants[0].layers[2].words.pop_back(); });
  refused([](QuantisedNetwork &n) { n.variants[0].layers[2].words[0].shift = 91; });
  refused([](QuantisedNetwork &n) { n.variants[0].layers[2].format.zero = 256; });
  refused([](QuantisedNetwork &n) { n.variants[0].layers.pop_back(); });
  const IntegerProgram program = integerProgram(whole, 0);
  EXPECT_THROW((void)evaluate(program, Map(3, 0)), Error);
  Map bright = randomImage(program, 1, 1);
  bright[5] = 256;
  EXPECT_THROW((void)evaluate(program, bright), Error);
}

TEST(Exact, firstOfEqualLogitsWins) { EXPECT_EQ(argmax(std::vector<std::int32_t>{1, 5, 5, -2}), 1U); }
