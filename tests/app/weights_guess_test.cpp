// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/weights_guess.h"

#include <gtest/gtest.h>

#include "core/network/binding.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

// Weights of one variant by plain names, without numbers.
SafeTensors weightsOf(const QString &network, const QString &variant) {
  const NetworkSpec spec = makeNetwork(network);
  SafeTensors file;
  for (const TensorUse &use :
       tensors(spec, findVariant(spec, variant), {QStringLiteral("plain"), Sharing::Shared, Sharing::Shared}))
    file.tensors.push_back({use.tensor, TensorType::F32, {use.elements()}, {}});
  return file;
}

}  // namespace

TEST(WeightsGuess, findsNetworkAndVariant) {
  const auto guess = guessNetwork(weightsOf(QStringLiteral("resnet20-slimmable"), QStringLiteral("0.5")));
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->network, QStringLiteral("resnet20-slimmable"));
  EXPECT_EQ(guess->variant, QStringLiteral("0.5"));
  EXPECT_EQ(guess->found, guess->of);
}

TEST(WeightsGuess, isLeftWhenItIsStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(guessNetwork(weightsOf(QStringLiteral("resnet20-slimmable"), QStringLiteral("0.5")), stop.get_token()));
}
