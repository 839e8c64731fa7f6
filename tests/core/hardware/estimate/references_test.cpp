// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/references.h"

#include <gtest/gtest.h>

#include <string>

#include "core/network/families/families.h"
#include "core/network/families/network_library.h"

using namespace pimento;

TEST(References, digitalBaselineOfResNet20IsTenOfArithmeticAndFortyThreeOfWeights) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto works = workOf(network, network.variants.front());
  double macs = 0;
  double weights = 0;
  double words = 0;
  for (const LayerWork &w : works) {
    macs += static_cast<double>(w.macs);
    weights += static_cast<double>(w.weights);
    words += static_cast<double>(w.words);
  }
  // 8-bit multiply and add 0.23 pJ; DRAM 160 pJ a byte, words of batch norm and bias four bytes.
  const double arithmetic_uj = macs * 0.23e-6;
  const double weights_uj = (weights + 4 * words) * 160e-6;
  EXPECT_NEAR(arithmetic_uj, 10, 1);
  EXPECT_NEAR(weights * 160e-6, 43, 0.5);
  const double all = digitalBaseline(works, {}).energy_uj;
  EXPECT_GT(all, arithmetic_uj + weights_uj);  // and the maps, once through SRAM
  EXPECT_LT(all, 1.03 * (arithmetic_uj + weights_uj));
}

TEST(References, edgeDevicesNameNetworksThereAre) {
  for (const EdgeReference &edge : edgeReferences()) {
    const NetworkSpec network = loadNetwork(QString::fromLatin1(edge.network));
    const auto works = workOf(network, findVariant(network, QString::fromLatin1(edge.variant)));
    EXPECT_EQ(works.back().outChannels, edge.classes) << edge.network;
    EXPECT_GT(edge.latency_us, 0);
    EXPECT_GT(std::string(edge.source).size(), 30U);
  }
}
