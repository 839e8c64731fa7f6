// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/decoder.h"

#include <gtest/gtest.h>

using namespace pimento;

TEST(Decoder, chainOfFourIsOneFanOutOfFour) {
  const Transistors t = lowStandbyTransistors(45, 1);
  const GateChain one = driveChain(t, {4 * t.minimum_ff(), t.minimum_ff()});
  EXPECT_NEAR(one.delay_ps, t.fo4_ps(), 1e-9);
  // Sixty-four of the smallest: three stages of four.
  const GateChain three = driveChain(t, {64 * t.minimum_ff(), t.minimum_ff()});
  EXPECT_NEAR(three.delay_ps, 3 * t.fo4_ps(), 1e-9);
  EXPECT_NEAR(three.width_um * t.gate_ff_per_um, (16 + 4 + 1) * t.minimum_ff(), 1e-9);
}

TEST(Decoder, countsAddressBits) {
  EXPECT_EQ(addressBits(1), 0);
  EXPECT_EQ(addressBits(2), 1);
  EXPECT_EQ(addressBits(256), 8);
  EXPECT_EQ(addressBits(257), 9);
}

TEST(Decoder, growsWithRowsAndLoad) {
  const Transistors t = lowStandbyTransistors(45, 1);
  const Wire w = wire(WireLayer::Local, 45);
  double delay = 0;
  double energy = 0;
  for (int rows = 16; rows <= 4096; rows *= 2) {
    const DecoderCost d = decoderCost({rows, 0.3, 100, 1000, 1, 1}, t, w);
    EXPECT_GT(d.predecode_ns + d.row_ns, delay) << rows;
    EXPECT_GT(d.predecode_pj, energy) << rows;
    delay = d.predecode_ns + d.row_ns;
    energy = d.predecode_pj;
  }
  const DecoderCost light = decoderCost({256, 0.3, 100, 1000, 1, 1}, t, w);
  const DecoderCost heavy = decoderCost({256, 0.3, 200, 2000, 1, 1}, t, w);
  EXPECT_GT(heavy.row_ns, light.row_ns);
  EXPECT_GT(heavy.row_um, light.row_um);
  EXPECT_EQ(heavy.predecode_ns, light.predecode_ns);
}
