// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

double quantity(const CsvTable &table, const char *name) {
  const auto rows = rowsWhere(table, {QStringLiteral("quantity=%1").arg(QString::fromUtf8(name))});
  EXPECT_EQ(rows.size(), 1U) << name;
  return rows.empty() ? 0 : number(table, rows[0], "value");
}

}  // namespace

TEST(DeviceVerb, givesTheCheckSet) {
  const CsvTable table = csvOf(words("device --device check"));
  EXPECT_NEAR(quantity(table, "thermal stability"), 43.0, 0.02 * 43);
  EXPECT_NEAR(quantity(table, "heavy metal"), 593, 0.02 * 593);
  EXPECT_NEAR(quantity(table, "effective spin Hall angle"), 0.220, 0.02 * 0.22);
  EXPECT_NEAR(quantity(table, "instability current"), 34.2, 0.02 * 34.2);
  EXPECT_NEAR(quantity(table, "write energy from the supply"), 440, 0.03 * 440);
  EXPECT_NEAR(quantity(table, "flips") / 24, 409, 0.05 * 409);
  const auto first = rowsWhere(table, {QStringLiteral("quantity=time to the first flip")});
  EXPECT_TRUE(field(table, first.at(0), "note").contains(QStringLiteral("weak")));
  for (std::size_t row = 0; row < table.rows.size(); ++row) EXPECT_FALSE(field(table, row, "source").isEmpty()) << row;
}

TEST(DeviceVerb, listsSwitchingCurrentsAgainstThePulse) {
  const CsvTable table = csvOf(words("device --device check --switching --pulses 1,2"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.header.mid(0, 4), words("pulse_ns current_ua always_current_ua energy_fj"));
  EXPECT_NEAR(number(table, 0, "current_ua"), 126.4, 0.02 * 126.4);
  EXPECT_NEAR(number(table, 1, "current_ua"), 78.8, 0.02 * 78.8);
  EXPECT_NEAR(number(table, 1, "equation_over_fit") * number(table, 1, "fit_ua"), number(table, 1, "current_ua"), 1e-6);
  const CsvTable flat = csvOf(words("device --device check --switching --pulses 1 --start in-plane"));
  EXPECT_NEAR(number(flat, 0, "current_ua"), 179, 0.02 * 179);
}

TEST(DeviceVerb, countsFailedWrites) {
  const char *command = "device --device check --failures --pulses 1 --currents 200,300 --trials 400 --seed 9";
  const CsvTable table = csvOf(words(command));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_NEAR(number(table, 0, "rate"), 0.224, 4 * 0.021);
  EXPECT_LT(number(table, 1, "failures"), 20);
  EXPECT_LE(number(table, 0, "rate_low"), number(table, 0, "rate"));
  EXPECT_EQ(csvOf(words(command)).rows, table.rows);
}

TEST(DeviceVerb, warmerCellsForgetSooner) {
  EXPECT_LT(quantity(csvOf(words("device --temperature 400")), "scrub interval"),
            quantity(csvOf(words("device")), "scrub interval"));
}

TEST(DeviceVerb, refusesWhatIsNotPhysical) {
  expectRefused(words("device --device sot"), "known: default");
  expectRefused(words("device --temperature 5"), "200 to 450");
  expectRefused(words("device --switching --failures"), "choose one");
  expectRefused(words("device --switching --pulses 0"), "0.05 to 100");
  expectRefused(words("device --switching --pulses 1,,2"), "not a number");
  expectRefused(words("device --failures --trials 0"), "--trials");
  expectRefused(words("device --device stt --switching"), "no equation of motion");
  expectRefused(words("device --set write_pulse_ns=0"), "write_pulse_ns");
  expectRefused(words("device --set bias_field_mt=3"), "easy axis in the plane");
  expectRefused(words("device --set interface_anisotropy_j_per_m2=2e-3"), "perpendicular");
}

TEST(DeviceVerb, refusesOptionsThatNothingUses) {
  expectRefused(words("device --pulses 1"), "--pulses without --switching or --failures");
  expectRefused(words("device --seed 2"), "--seed without --failures");
  expectRefused(words("device --switching --trials 10"), "--trials without --failures");
  expectRefused(words("device --failures --start tilted"), "--start without --switching");
  expectRefused(words("device --device stt --device reram"), "--device is given 2 times");
  expectRefused(words("device --temperature 0"), "200 to 450 K");
  expectRefused(words("device --temperature 350 --set temperature_k=360"), "both --temperature and --set");
  expectRefused(words("device --set damping=0.01 --set damping=0.02"), "twice");
}

TEST(DeviceVerb, namesTheParameterThatWasMeant) {
  expectRefused(words("device --set r_p=1"), "did you mean \"parallel_resistance_ohm\"");
  expectRefused(words("device --set ra=1"), "ra_ohm_um2");
  expectRefused(words("device --set ra_ohm_um2=5 --set parallel_resistance_ohm=5000"),
                "both parallel_resistance_ohm and ra_ohm_um2 are given");
  expectRefused(words("device --set free_layer_length_nm=60 --set free_layer_width_nm=60"), "no easy axis");
  expectRefused(words("device --set tmr=1"), "tmr_pct");
  expectRefused(words("device --set hall=1"), "spin_hall_angle");
  expectRefused(words("device --set gibberish=1"), "pimento estimate --parameters lists all");
}
