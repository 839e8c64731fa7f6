// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/group_lasso.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/learn/network_module.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

constexpr double Lambda = 0.1;

// The tiny network alone, with a penalty on it.
struct Penalised {
  NetworkSpec network = test::tinyNetwork();
  Variant whole = network.variants.front();
  Binding binding = findBinding(network, QStringLiteral("individual"));
  NetworkModule module{network, {whole}, binding};
  GroupLasso lasso{network, whole, binding, module.store(), Lambda, 1};

  Penalised() { module.initialise(1); }
  [[nodiscard]] std::size_t index(const char *name) const {
    const QString full = whole.name + QLatin1Char('/') + QString::fromLatin1(name);
    for (std::size_t t = 0; t < module.store().tensors().size(); ++t)
      if (module.store().tensors()[t].name == full) return t;
    ADD_FAILURE() << name;
    return 0;
  }
  [[nodiscard]] at::Tensor weight(const char *name) const { return module.store().at(index(name)).detach(); }
  [[nodiscard]] at::Tensor gradient(const char *name) const { return module.store().at(index(name)).grad(); }
  [[nodiscard]] SpaceId space(const char *layer) const {
    for (const Layer &l : network.layers)
      if (l.name == QLatin1String(layer)) return l.space;
    return 0;
  }
};

double lengthOf(const at::Tensor &values) { return values.norm().item<double>(); }

}  // namespace

TEST(GroupLasso, isThePenaltyAndTheGradientOfTheFormula) {
  const Penalised s;
  // "one" writes a space of its own: 6 channels.
  const at::Tensor w = s.weight("one.conv.weight");
  double mean = 0;
  for (int i = 0; i < 6; ++i) mean += lengthOf(w[i]) / 6;
  s.module.store().gradients().zero_();
  const double penalty = s.lasso.addGradients(s.module.store());
  for (int i = 0; i < 6; ++i) {
    const at::Tensor wanted = lengthOf(w[i]) < mean ? w[i] * (Lambda / lengthOf(w[i])) : at::zeros_like(w[i]);
    EXPECT_TRUE(at::allclose(s.gradient("one.conv.weight")[i], wanted, 1e-5, 1e-7)) << i;
  }
  // All spaces: stem and "two" share one, "three" and the depthwise layer share one.
  double byHand = 0;
  const auto add = [&](const std::vector<const char *> &layers, int channels) {
    std::vector<double> norms;
    double sum = 0;
    for (int i = 0; i < channels; ++i) {
      double squares = 0;
      for (const char *layer : layers) squares += std::pow(lengthOf(s.weight(layer)[i]), 2);
      norms.push_back(std::sqrt(squares));
      sum += norms.back();
    }
    for (const double n : norms) byHand += Lambda * std::min(n, sum / channels);
  };
  add({"stem.conv.weight", "two.conv.weight"}, 4);
  add({"one.conv.weight"}, 6);
  add({"three.conv.weight", "four.conv.weight"}, 8);
  EXPECT_NEAR(penalty, byHand, 1e-5);
}

TEST(GroupLasso, leavesClassesAndNormsAlone) {
  const Penalised s;
  s.module.store().gradients().zero_();
  static_cast<void>(s.lasso.addGradients(s.module.store()));
  for (const char *name : {"fc.weight", "fc.bias", "one.bn.weight"}) EXPECT_EQ(lengthOf(s.gradient(name)), 0) << name;
}

TEST(GroupLasso, cutsWhatFellAwayOfAllLayersThatShareAChannel) {
  const Penalised s;
  const at::NoGradGuard noGradient;
  for (const char *name : {"stem.conv.weight", "two.conv.weight"}) s.weight(name)[1].zero_();
  s.weight("three.conv.weight")[7].zero_();  // its depthwise kernel is still strong
  s.weight("one.conv.weight").slice(0, 3).mul_(1e-3);
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_NO_THROW(validate(s.network, cut));
  EXPECT_EQ(cut.kept.at(s.space("stem.conv")), (ChannelSet{3, {0, 2, 3}}));
  EXPECT_EQ(cut.kept.at(s.space("one.conv")), ChannelSet::prefix(3));
  EXPECT_EQ(keptChannels(s.network, cut, s.space("three.conv")), 8);
  EXPECT_EQ(keptChannels(s.network, cut, s.space("fc")), 3);
  EXPECT_NEAR(keptShare(s.network, cut), (3.0 + 3 + 8) / (4 + 6 + 8), 1e-12);
  EXPECT_EQ(cut.normSet, QStringLiteral("cut"));
}

TEST(GroupLasso, neverEmptiesALayer) {
  const Penalised s;
  const at::NoGradGuard noGradient;
  s.module.store().values().zero_();
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_NO_THROW(validate(s.network, cut));
  for (const auto &[space, kept] : cut.kept) EXPECT_GE(kept.count, 1) << space;
}

// With channels of weight zero the whole network and the one they are cut out of say the same.
TEST(GroupLasso, cutsOutTheTensorsOfTheSubNet) {
  Penalised s;
  const at::NoGradGuard noGradient;
  const Source source = test::tinyImages(8, 3, 1);
  const Batch batch = *BatchLoader(source, {0, 1, 2, 3, 4, 5, 6, 7}, 8, BatchLoader::Last::Keep, std::nullopt).next();
  for (const auto &[layer, channel] : std::vector<std::pair<const char *, int>>{
           {"stem", 0}, {"two", 0}, {"one", 2}, {"one", 5}, {"three", 6}, {"four", 6}})
    for (const char *tensor : {".conv.weight", ".bn.weight"})
      s.weight((std::string(layer) + tensor).c_str())[channel].zero_();
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_EQ(cut.kept.at(s.space("three.conv")).count, 7);
  NetworkModule small(s.network, {cut}, s.binding);
  cutOut(s.network, s.module.store(), s.whole, s.binding, small.store(), cut, s.binding);
  const std::vector<std::size_t> one{0};
  const at::Tensor wanted = s.module.forward(batch.images, one, Mode::Evaluate)[0];
  EXPECT_TRUE(at::allclose(small.forward(batch.images, one, Mode::Evaluate)[0], wanted, 1e-4, 1e-5));
}

}  // namespace pimento::learn
