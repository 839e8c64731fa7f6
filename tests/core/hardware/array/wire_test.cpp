// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/wire.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace pimento;

TEST(Wire, resistivityMeetsTheRoadmapAndTheBulk) {
  EXPECT_NEAR(copperResistivity_uohm_cm(45, 1.8) / 4.08, 1, 0.05);  // ITRS 2007, metal 1 at 45 nm
  EXPECT_NEAR(copperResistivity_uohm_cm(1e5, 2), 1.72, 0.01);
  EXPECT_NEAR(lineOhm_per_um(70, 2) / 3.57, 1, 0.10);  // FreePDK45: 0.25 Ω a square of metal 2
  double last = 1e9;
  for (double width = 10; width < 1000; width *= 1.5) {
    EXPECT_LT(copperResistivity_uohm_cm(width, 2), last);
    last = copperResistivity_uohm_cm(width, 2);
  }
}

TEST(Wire, capacitanceIsOfTheRoadmapsSize) {
  for (const WireLayer layer : {WireLayer::Local, WireLayer::SemiGlobal, WireLayer::Global}) {
    EXPECT_GT(wire(layer, 45).ff_per_um, 0.18);
    EXPECT_LT(wire(layer, 45).ff_per_um, 0.35);
    EXPECT_GT(wire(layer, 45, WireQuality::Conservative).ff_per_um, wire(layer, 45).ff_per_um);
    EXPECT_GT(wire(layer, 45, WireQuality::Conservative).ohm_per_um, wire(layer, 45).ohm_per_um);
  }
}

// No other spacing or size of repeaters is faster.
TEST(Wire, repeatersAreAtTheOptimum) {
  const Transistors t = lowStandbyTransistors(45, 1);
  const Wire w = wire(WireLayer::Global, 45);
  const double best = repeatedWire(w, t).ns_per_mm;
  const double gate = (1 + t.p_over_n) * t.gate_ff_per_um;
  const auto delay = [&](double size, double spacing) {
    return (lineDelay_ns(t.ohm_um / size, w.ohm_per_um * spacing, w.ff_per_um * spacing, size * gate) +
            0.69 * t.ohm_um * gate * 1e-6) /
           spacing * 1e3;
  };
  double least = 1e9;
  for (double size = 1; size < 1000; size *= 1.05)
    for (double spacing = 10; spacing < 10000; spacing *= 1.05) least = std::min(least, delay(size, spacing));
  EXPECT_NEAR(best / least, 1, 0.002);
}

TEST(Transistors, gateDelayFollowsNodeAndSupply) {
  const double base = lowStandbyTransistors(45, 1.1).tau_ps();
  EXPECT_NEAR(lowStandbyTransistors(90, 1.1).tau_ps(), 2 * base, 1e-9);
  EXPECT_GT(lowStandbyTransistors(45, 0.9).tau_ps(), base);
  EXPECT_GT(lowStandbyTransistors(45, 1.1, 400).off_pa_per_um, 30 * lowStandbyTransistors(45, 1.1, 300).off_pa_per_um);
}
