// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/device.h"

#include <gtest/gtest.h>

#include "core/hardware/device/geometry.h"

using namespace pimento;

namespace {

// The check set of the device model: an ellipsoid in place of the default elliptic cylinder.
Device checkDevice() {
  Device d;
  d.demagnetisation_x = 0.0552;
  d.demagnetisation_y = 0.0166;
  d.demagnetisation_z = 0.9283;
  return d;
}

double tesla(double a_per_m) { return a_per_m * 1.25663706212e-6; }

}  // namespace

TEST(Device, checkSetHasItsAnalyticValues) {
  const DeviceState s = deviceState(checkDevice());
  EXPECT_NEAR(tesla(s.in_plane_field_a_per_m), 48.5e-3, 0.05e-3);
  EXPECT_NEAR(s.stability, 43.0, 0.1);
  EXPECT_NEAR(s.effective_spin_hall_angle, 0.220, 0.0005);
  EXPECT_NEAR(s.metal_ohm, 593, 0.5);
  EXPECT_NEAR(s.instability_ua, 34.2, 0.05);
}

TEST(Device, ellipticCylinderIsMoreStable) {
  const DeviceState s = deviceState(Device{});
  EXPECT_NEAR(tesla(s.in_plane_field_a_per_m), 76.8e-3, 0.05e-3);
  EXPECT_NEAR(s.stability, 68.2, 0.1);
  EXPECT_NEAR(s.instability_ua, 31.3, 0.05);
}

// By two derivations of the factors: 109 and 111 mT, 215 and 220; 204 and 207.
TEST(Device, fieldsAndStabilityFollowTheFreeLayersSize) {
  Device longer;
  longer.free_layer_length_nm = 200;
  EXPECT_NEAR(tesla(deviceState(longer).in_plane_field_a_per_m), 111e-3, 0.005 * 111e-3);
  EXPECT_NEAR(deviceState(longer).stability, 220, 0.005 * 220);
  Device thicker;
  thicker.free_layer_thickness_nm = 5;
  EXPECT_NEAR(deviceState(thicker).stability, 207, 0.005 * 207);
  Device rounder;
  rounder.free_layer_width_nm = 60;
  EXPECT_LT(deviceState(rounder).in_plane_field_a_per_m, deviceState(Device{}).in_plane_field_a_per_m);
}

TEST(Device, factorsByHandStayAsTheyAre) {
  Device d = checkDevice();
  d.free_layer_length_nm = 200;
  EXPECT_EQ(deviceState(d).in_plane_field_a_per_m, deviceState(checkDevice()).in_plane_field_a_per_m);
  EXPECT_TRUE(demagnetisedByHand(d));
  EXPECT_FALSE(demagnetisedByHand(Device{}));
}

// Twice as long is twice as wide a strip under it, and half its resistance; given, it stays.
TEST(Device, heavyMetalLiesUnderTheWholeFreeLayer) {
  Device d;
  EXPECT_DOUBLE_EQ(heavyMetalWidth_nm(d), 90);
  EXPECT_DOUBLE_EQ(heavyMetalLength_nm(d), 80);
  d.free_layer_length_nm = 180;
  EXPECT_DOUBLE_EQ(heavyMetal_ohm(d), heavyMetal_ohm(Device{}) / 2);
  d.free_layer_width_nm = 100;
  EXPECT_DOUBLE_EQ(heavyMetalLength_nm(d), 140);
  d.heavy_metal_width_nm = 50;
  EXPECT_DOUBLE_EQ(heavyMetalWidth_nm(d), 50);
}

TEST(Device, switchingCurrentFallsWithThePulseToTheInstability) {
  double last = 1e9;
  for (const double pulse : {0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 100.0}) {
    const double current = switchingCurrent_ua(checkDevice(), pulse);
    EXPECT_LT(current, last);
    last = current;
  }
  EXPECT_NEAR(switchingCurrent_ua(checkDevice(), 1e6), deviceState(checkDevice()).instability_ua, 0.01);
}

// The check set writes with 200 µA for 2 ns: 440 fJ from 1.1 V, 47 fJ of them in the metal.
TEST(Device, writePointMeetsItsErrorTarget) {
  const DeviceState s = deviceState(checkDevice());
  EXPECT_NEAR(s.write_current_ua, 200, 0.03 * 200);
  EXPECT_DOUBLE_EQ(s.write_fj, 1.1 * s.write_current_ua * 2);
  EXPECT_NEAR(s.metal_fj, 47 * s.write_current_ua * s.write_current_ua / 4e4, 0.5);
  EXPECT_NEAR(writeErrorRate(checkDevice()), 5e-4, 1e-9);
  Device careful = checkDevice();
  careful.write_error_target = 1e-9;
  EXPECT_GT(deviceState(careful).write_current_ua, s.write_current_ua);
  EXPECT_GT(writeErrorRate(checkDevice(), 150, 2), writeErrorRate(checkDevice(), 200, 2));
  EXPECT_EQ(writeErrorRate(checkDevice(), 30, 2), 1);  // below the instability
}

TEST(Device, retentionIsFlipsADayInTheChip) {
  const double bits = 512.0 * 1048576;
  EXPECT_NEAR(flipsPerDay(deviceState(checkDevice()), bits) / 24, 409, 0.05 * 409);  // an hour, at 300 K
  EXPECT_LT(flipsPerDay(deviceState(Device{}), bits), 1e-5);
  Device hot;
  hot.temperature_k = 400;
  EXPECT_GT(flipsPerDay(deviceState(hot), bits), flipsPerDay(deviceState(Device{}), bits));
}

TEST(Device, fixedWriteModelTakesCurrentAsGiven) {
  Device d;
  d.write_model = WriteModel::Fixed;
  d.fixed_write_current_ua = 80;
  d.write_pulse_ns = 10;
  d.write_supply_v = 1.25;
  EXPECT_DOUBLE_EQ(deviceState(d).write_fj, 1000);
}
