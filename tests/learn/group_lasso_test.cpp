// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/group_lasso.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/learn/module/network_module.h"
#include "core/learn/train/trainer.h"
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

// The tensors that belong to output channel i of these layers.
std::vector<at::Tensor> groupOf(const Penalised &s, const std::vector<std::string> &layers, int i) {
  std::vector<at::Tensor> rows;
  for (const std::string &layer : layers)
    for (const char *tensor : {".conv.weight", ".bn.weight", ".bn.bias"})
      rows.push_back(s.weight((layer + tensor).c_str())[i]);
  return rows;
}

std::vector<double> norms(const Penalised &s, const std::vector<std::string> &layers, int channels) {
  std::vector<double> result;
  for (int i = 0; i < channels; ++i) {
    double squares = 0;
    for (const at::Tensor &row : groupOf(s, layers, i)) squares += std::pow(lengthOf(row), 2);
    result.push_back(std::sqrt(squares));
  }
  return result;
}

double mean(const std::vector<double> &values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void scaleGroup(const Penalised &s, const std::vector<std::string> &layers, int i, double factor) {
  for (at::Tensor &row : groupOf(s, layers, i)) row.mul_(factor);
}

const std::vector<std::string> First{"stem", "two"};   // 4 channels, tied by an addition
const std::vector<std::string> Last{"three", "four"};  // 8 channels; a shortcut brings the first 4 from there

}  // namespace

TEST(GroupLasso, isThePenaltyAndTheGradientOfTheFormula) {
  const Penalised s;
  // "one" writes a space of its own: 6 channels.
  const std::vector<double> lengths = norms(s, {"one"}, 6);
  s.module.store().gradients().zero_();
  const double penalty = s.lasso.addGradients(s.module.store());
  int pulled = 0;
  for (const char *name : {"one.conv.weight", "one.bn.weight", "one.bn.bias"}) {
    const at::Tensor w = s.weight(name);
    for (int i = 0; i < 6; ++i) {
      const double length = lengths[static_cast<std::size_t>(i)];
      pulled += length < mean(lengths) ? 1 : 0;
      const at::Tensor wanted = length < mean(lengths) ? w[i] * (Lambda / length) : at::zeros_like(w[i]);
      EXPECT_TRUE(at::allclose(s.gradient(name)[i], wanted, 1e-5, 1e-7)) << name << i;
    }
  }
  EXPECT_GT(pulled, 0);
  EXPECT_LT(pulled, 3 * 6);
  const std::vector<double> first = norms(s, First, 4);
  const std::vector<double> last = norms(s, Last, 8);
  double byHand = 0;
  for (const double n : lengths) byHand += Lambda * std::min(n, mean(lengths));
  for (const double n : first) byHand += Lambda * std::min(n, mean(first));
  for (std::size_t i = 0; i < 8; ++i) {
    const bool held = i < 4 && first[i] >= mean(first);
    byHand += Lambda * (held ? mean(last) : std::min(last[i], mean(last)));
  }
  EXPECT_NEAR(penalty, byHand, 1e-5);
}

TEST(GroupLasso, leavesClassesAlone) {
  const Penalised s;
  s.module.store().gradients().zero_();
  static_cast<void>(s.lasso.addGradients(s.module.store()));
  for (const char *name : {"fc.weight", "fc.bias"}) EXPECT_EQ(lengthOf(s.gradient(name)), 0) << name;
}

TEST(GroupLasso, leavesWhatAShortcutBringsFromAStrongChannelAlone) {
  const Penalised s;
  const at::NoGradGuard noGradient;
  scaleGroup(s, First, 0, 10);  // above the threshold, alone
  for (const int i : {0, 1, 5}) scaleGroup(s, Last, i, 0.01);
  s.module.store().gradients().zero_();
  static_cast<void>(s.lasso.addGradients(s.module.store()));
  EXPECT_EQ(lengthOf(s.gradient("three.conv.weight")[0]), 0);
  EXPECT_GT(lengthOf(s.gradient("three.conv.weight")[1]), 0);
  EXPECT_GT(lengthOf(s.gradient("three.conv.weight")[5]), 0);
}

TEST(GroupLasso, cutsWhatFellAwayOfAllLayersThatShareAChannel) {
  const Penalised s;
  const at::NoGradGuard noGradient;
  scaleGroup(s, First, 1, 0);
  scaleGroup(s, {"three"}, 7, 0);  // its depthwise kernel is still strong
  for (const int i : {3, 4, 5}) scaleGroup(s, {"one"}, i, 1e-3);
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_NO_THROW(validate(s.network, cut));
  EXPECT_EQ(cut.kept.at(s.space("stem.conv")), (ChannelSet{3, {0, 2, 3}}));
  EXPECT_EQ(cut.kept.at(s.space("one.conv")), ChannelSet::prefix(3));
  EXPECT_EQ(keptChannels(s.network, cut, s.space("three.conv")), 8);
  EXPECT_EQ(keptChannels(s.network, cut, s.space("fc")), 3);
  EXPECT_NEAR(keptShare(s.network, cut), (3.0 + 3 + 8) / (4 + 6 + 8), 1e-12);
  EXPECT_EQ(cut.normSet, QStringLiteral("cut"));
}

TEST(GroupLasso, keepsWhatAShortcutBringsFromAKeptChannel) {
  const Penalised s;
  const at::NoGradGuard noGradient;
  scaleGroup(s, First, 1, 0);
  for (const int i : {0, 1, 6}) scaleGroup(s, Last, i, 0);
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_EQ(cut.kept.at(s.space("three.conv")), (ChannelSet{6, {0, 2, 3, 4, 5, 7}}));
}

TEST(GroupLasso, neverEmptiesALayer) {
  const Penalised s;
  const at::NoGradGuard noGradient;
  s.module.store().values().zero_();
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_NO_THROW(validate(s.network, cut));
  for (const auto &[space, kept] : cut.kept) EXPECT_GE(kept.count, 1) << space;
}

// The whole network says with weak channels cut to zero what the one says that they are cut out of.
TEST(GroupLasso, cutsOutTheTensorsOfTheSubNet) {
  Penalised s;
  const at::NoGradGuard noGradient;
  const Source source = test::tinyImages(8, 3, 1);
  const Batch batch = *BatchLoader(source, {0, 1, 2, 3, 4, 5, 6, 7}, 8, BatchLoader::Last::Keep, std::nullopt).next();
  for (const char *layer : {"stem", "one", "two", "three", "four"})  // shifts that are not zero
    s.weight((std::string(layer) + ".bn.bias").c_str()).fill_(0.2);
  scaleGroup(s, First, 1, 0.01);
  for (const int i : {2, 5}) scaleGroup(s, {"one"}, i, 0.01);
  for (const int i : {0, 1, 6}) scaleGroup(s, Last, i, 0.01);
  const Variant cut = s.lasso.subNet(s.module.store(), QStringLiteral("cut"));
  EXPECT_EQ(keptChannels(s.network, cut, s.space("three.conv")), 6);
  NetworkModule small(s.network, {cut}, s.binding);
  cutOut(s.network, s.module.store(), s.whole, s.binding, small.store(), cut, s.binding);
  const std::vector<std::size_t> one{0};
  const at::Tensor before = s.module.forward(batch.images, one, Mode::Evaluate)[0];
  s.lasso.cut(s.module.store());
  const at::Tensor wanted = s.module.forward(batch.images, one, Mode::Evaluate)[0];
  EXPECT_FALSE(at::allclose(before, wanted, 1e-4, 1e-5));
  EXPECT_TRUE(at::allclose(small.forward(batch.images, one, Mode::Evaluate)[0], wanted, 1e-4, 1e-5));
}

TEST(GroupLasso, isValidatedAsTheSubNetThatItWouldLeave) {
  Penalised s;
  const GroupLasso strong(s.network, s.whole, s.binding, s.module.store(), 0.5, 1);
  const Source source = test::tinyImages(96, 3, 1);
  Recipe recipe = test::tinyJob(s.network, Method::ClippedGroupLasso, {}).recipe;
  std::vector<std::uint32_t> validation(source.images.size());
  std::iota(validation.begin(), validation.end(), 0U);
  const std::vector<Part> parts = partsOf(s.module.store(), {s.whole}, s.binding);
  const Stage stage{s.module, parts, recipe, 10, source, validation, validation, 3, nullptr, {strong}, Keep::Last};
  TrainingState state = freshState(stage, 1);
  Watch watch;
  std::int64_t told = -1;
  watch.epoch = [&](double, const Scores &scores) { told = scores.correct[0]; };
  ASSERT_EQ(train(stage, state, watch), StageEnd::Done);

  const Variant cut = strong.subNet(s.module.store(), QStringLiteral("cut"));
  ASSERT_LT(keptShare(s.network, cut), 1);
  NetworkModule small(s.network, {cut}, s.binding);
  cutOut(s.network, s.module.store(), s.whole, s.binding, small.store(), cut, s.binding);
  const std::vector<std::size_t> one{0};
  EXPECT_EQ(evaluate(small, one, source, validation).correct[0], told);
}

}  // namespace pimento::learn
