// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/calibration.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

#include "core/base/error.h"
#include "core/hardware/array/array.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profiles.h"
#include "core/hardware/silicon/chip_file.h"
#include "core/hardware/silicon/prediction.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

std::vector<ChipRatio> ratios(std::initializer_list<double> values) {
  std::vector<ChipRatio> list;
  for (const double v : values) list.push_back({QStringLiteral("chip %1").arg(list.size()), v});
  return list;
}

PublishedChip chipThatMeasures(const QString &name, ChipQuantity quantity, double overModel, double node_nm = 28) {
  PublishedChip chip;
  chip.name = name;
  chip.cell = QStringLiteral("stt");
  chip.node_nm = node_nm;
  chip.supply_v = 0.9;
  chip.temperature_k = 300;
  chip.capacity_kbit = 1024;
  Measurement m;
  m.quantity = quantity;
  m.low = m.high = 1;
  m.low = m.high = *predict(chip, m) * overModel;
  chip.measurements = {m};
  return chip;
}

std::vector<PublishedChip> fourReadTimes() {
  std::vector<PublishedChip> chips;
  for (const double ratio : {1.0, 2.0, 4.0, 8.0})
    chips.push_back(chipThatMeasures(QStringLiteral("chip-%1").arg(ratio), ChipQuantity::ReadAccess, ratio));
  return chips;
}

Calibration of(const std::vector<PublishedChip> &chips) { return calibrate(chips, QStringLiteral("chips")); }

}  // namespace

// By hand: logs 0, 1, 2, 3 (in units of ln 2) have mean 1.5, deviation sqrt(5/3) and, left out, distances of
// 2, 2/3, 2/3, 2; t of three degrees at 95 % is 2.3534.
TEST(CalibrationFactor, isThatOfALineOfPowersOfTwo) {
  const auto f = fitFactor(ratios({1, 2, 4, 8}));
  ASSERT_TRUE(f);
  EXPECT_NEAR(f->factor, std::exp2(1.5), 1e-12);
  EXPECT_NEAR(std::log2(f->spread), 2.3533634 * std::sqrt(5.0 / 3) * std::sqrt(1.25), 1e-6);
  EXPECT_NEAR(f->leftOutMedian, std::exp2(4.0 / 3), 1e-12);
  EXPECT_NEAR(f->leftOutWorst, 4, 1e-12);
  EXPECT_NEAR(f->interval().low * f->interval().high, f->factor * f->factor, 1e-9) << "symmetric in logarithms";
}

TEST(CalibrationFactor, hasAMiddleOfAnOddNumber) {
  const auto f = fitFactor(ratios({1, 1, 1, 1, 16}));
  ASSERT_TRUE(f);
  EXPECT_NEAR(f->leftOutMedian, 2, 1e-12) << "each 1 is missed by a quarter of log 16, the 16 by all of it";
  EXPECT_NEAR(f->leftOutWorst, 16, 1e-9);
}

TEST(CalibrationFactor, needsFourChips) {
  EXPECT_FALSE(fitFactor(ratios({2, 2, 2})));
  const auto f = fitFactor(ratios({2, 2, 2, 2}));
  ASSERT_TRUE(f);
  EXPECT_DOUBLE_EQ(f->factor, 2);
  EXPECT_DOUBLE_EQ(f->spread, 1);
}

TEST(Calibration, fitsWhatFourChipsMeasureAndNothingElse) {
  std::vector<PublishedChip> chips = fourReadTimes();
  chips.push_back(chipThatMeasures(QStringLiteral("energetic"), ChipQuantity::ReadEnergy, 3));
  const Calibration c = of(chips);
  ASSERT_TRUE(c.at(Calibrated::ReadTime));
  EXPECT_NEAR(c.at(Calibrated::ReadTime)->factor, std::exp2(1.5), 1e-9);
  EXPECT_FALSE(c.at(Calibrated::ReadEnergy));
  EXPECT_FALSE(c.at(Calibrated::Area));
  const ReportTable table = calibrationReport(c);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(std::get<QString>(table.rows[0].back()),
            QStringLiteral("not calibrated: 1 chips measure it, 4 are needed"));
  EXPECT_EQ(std::get<QString>(table.rows[1].back()), QStringLiteral("calibrated"));
}

// A time of sensing, a rate, a bound, a simulation and a chip beyond the planar nodes are not the same quantity.
TEST(Calibration, leavesOutWhatIsNotTheSame) {
  std::vector<PublishedChip> chips = fourReadTimes();
  const double before = of(chips).at(Calibrated::ReadTime)->factor;
  chips.push_back(chipThatMeasures(QStringLiteral("senses"), ChipQuantity::ReadSensing, 50));
  chips.push_back(chipThatMeasures(QStringLiteral("repeats"), ChipQuantity::ReadRate, 50));
  chips.push_back(chipThatMeasures(QStringLiteral("bounds"), ChipQuantity::ReadAccess, 50));
  chips.back().measurements[0].low.reset();
  chips.push_back(chipThatMeasures(QStringLiteral("simulated"), ChipQuantity::ReadAccess, 50));
  chips.back().evidence = ChipEvidence::Simulated;
  chips.push_back(chipThatMeasures(QStringLiteral("fins"), ChipQuantity::ReadAccess, 50, 14));
  EXPECT_EQ(of(chips).at(Calibrated::ReadTime)->factor, before);
}

TEST(Calibration, takesAChipOnce) {
  std::vector<PublishedChip> chips = fourReadTimes();
  chips[0].measurements.push_back(chips[0].measurements[0]);
  *chips[0].measurements[1].low *= 4;
  *chips[0].measurements[1].high *= 4;
  const Calibration c = of(chips);
  ASSERT_EQ(c.at(Calibrated::ReadTime)->chips.size(), 4U);
  EXPECT_NEAR(c.at(Calibrated::ReadTime)->chips[0].ratio, 2, 1e-9) << "the geometric mean of 1 and 4";
}

TEST(Calibration, takesADensityAsTheInverseOfAnArea) {
  std::vector<PublishedChip> chips = fourReadTimes();
  chips.push_back(chipThatMeasures(QStringLiteral("dense"), ChipQuantity::Density, 2));
  chips.push_back(chipThatMeasures(QStringLiteral("large"), ChipQuantity::MacroArea, 2));
  const Calibration c = of(chips);
  const auto &area = c.ratios[static_cast<std::size_t>(Calibrated::Area)];
  ASSERT_EQ(area.size(), 2U);
  EXPECT_NEAR(area[0].ratio, 0.5, 1e-9);
  EXPECT_NEAR(area[1].ratio, 2, 1e-9);
}

TEST(Calibration, refusesFewerChipsThanFactors) {
  std::vector<PublishedChip> chips = fourReadTimes();
  chips.resize(2);
  try {
    static_cast<void>(of(chips));
    FAIL() << "two chips for three factors";
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().startsWith(
        QStringLiteral("chips: 2 measured macros of planar nodes for a calibration with 3 factors; add chips")))
        << error.message().toStdString();
  }
}

TEST(CalibratedProfile, carriesFactorsAndNamesItsChips) {
  const Calibration c = of(fourReadTimes());
  const Accelerator physical = builtInProfile(QStringLiteral("sot-mram"));
  const Accelerator a = calibratedProfile(physical, c);
  EXPECT_EQ(a.name, QStringLiteral("sot-mram-calibrated"));
  EXPECT_EQ(a.calibration.read_time_factor, c.at(Calibrated::ReadTime)->factor);
  EXPECT_EQ(a.calibration.read_energy_factor, 1);
  EXPECT_EQ(a.sources.value(QStringLiteral("read_time_factor")),
            QStringLiteral("silicon: chip-1, chip-2, chip-4, chip-8"));
  EXPECT_NE(hash(a), hash(physical));
  EXPECT_THROW(static_cast<void>(calibratedProfile(a, c)), Error);
}

// The factors act on operations that sense and on the plain memory, on nothing else.
TEST(CalibratedProfile, movesReadsAndPlainMemoryAlone) {
  Accelerator a;
  const ArrayTable before = buildArray(a);
  a.calibration.read_time_factor = 2;
  a.calibration.read_energy_factor = 3;
  a.calibration.area_factor = 5;
  const ArrayTable after = buildArray(a);
  for (const RowOp op : {RowOp::Read, RowOp::And2}) {
    EXPECT_NEAR(after.at(op).latency_ns, 2 * before.at(op).latency_ns, 1e-12);
    EXPECT_NEAR(after.at(op).energy_pj(512), 3 * before.at(op).energy_pj(512), 1e-9);
  }
  for (const RowOp op : {RowOp::Write, RowOp::Count, RowOp::Shift, RowOp::Add}) {
    EXPECT_EQ(after.at(op).latency_ns, before.at(op).latency_ns);
    EXPECT_EQ(after.at(op).energy_pj(512), before.at(op).energy_pj(512));
  }
  EXPECT_NEAR(after.baseArea_um2(), 5 * before.baseArea_um2(), 1e-6);
  EXPECT_NEAR(after.totalArea_um2() - after.baseArea_um2(), before.totalArea_um2() - before.baseArea_um2(), 1e-6);
  EXPECT_EQ(after.totalLeakage_w(), before.totalLeakage_w());
}

TEST(CalibratedProfile, keepsTheHashesOfPhysicalOnes) {
  Accelerator a;
  const QString physical = hash(a);
  a.calibration.read_time_spread = 2;
  EXPECT_NE(hash(a), physical);
  a.calibration.read_time_spread = 1;
  EXPECT_EQ(hash(a), physical) << "factors of 1 are no part of it";
}

// The estimate's interval is that of its own estimates with the factor at either end.
TEST(CalibratedEstimate, carriesThePredictionInterval) {
  Accelerator a = builtInProfile(QStringLiteral("sot-mram"));
  a.calibration.read_time_factor = 2;
  a.calibration.read_time_spread = 1.5;
  a.sources.insert(QStringLiteral("read_time_factor"), QStringLiteral("silicon: chip-1"));
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto estimated = [&](const Accelerator &with) {
    return estimateTable(network, {findVariant(network, QStringLiteral("0.25"))}, with, {8, 8}, {.references = false});
  };
  const DesignTable table = estimated(a);
  const auto latency = table.at(0, Metric::Latency);
  ASSERT_TRUE(latency && latency->interval);
  EXPECT_EQ(latency->from->kind, Kind::Estimated);
  EXPECT_TRUE(latency->from->source.contains(QStringLiteral("silicon: chip-1"))) << latency->from->source.toStdString();
  Accelerator end = a;
  end.calibration.read_time_spread = 1;
  end.calibration.read_time_factor = 3;
  const DesignTable slow = estimated(end);
  EXPECT_NEAR(latency->interval->high, slow.at(0, Metric::Latency)->value, 1e-9);
  EXPECT_FALSE(slow.at(0, Metric::Latency)->interval);
  EXPECT_LT(latency->interval->low, latency->value);
  EXPECT_FALSE(table.at(0, Metric::Macs)->interval);
}

// The profile that comes with the program is the calibration on the chips that come with it. When the model or a chip
// changes, this fails, and with PIMENTO_RECORD=DIR writes DIR/sot-mram-calibrated.json for resources/profiles.
TEST(CalibratedProfile, comesWithTheProgramAsItIsFittedNow) {
  const Calibration c = of(publishedChips());
  const Accelerator fitted = calibratedProfile(builtInProfile(QStringLiteral("sot-mram")), c);
  const Accelerator stored = builtInProfile(QStringLiteral("sot-mram-calibrated"));
  QJsonObject factors;
  QJsonObject sources;
  for (const Parameter &p : parameters()) {
    if (QLatin1String(p.section) != QLatin1String("calibration") || p.get(fitted) == 1) continue;
    const QString key = QString::fromLatin1(p.key);
    const double digits = std::pow(10, 4 - std::ceil(std::log10(p.get(fitted))));
    factors.insert(key, std::round(p.get(fitted) * digits) / digits);
    sources.insert(key, fitted.sources.value(key));
  }
  if (const QString folder = qEnvironmentVariable("PIMENTO_RECORD"); !folder.isEmpty()) {
    QFile file(QDir(folder).filePath(QStringLiteral("sot-mram-calibrated.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(QJsonObject{{QStringLiteral("format"), QStringLiteral("pimento-accelerator")},
                                         {QStringLiteral("version"), 1},
                                         {QStringLiteral("name"), fitted.name},
                                         {QStringLiteral("title"), fitted.title},
                                         {QStringLiteral("calibration"), factors},
                                         {QStringLiteral("sources"), sources}})
                   .toJson());
    GTEST_SKIP() << "recorded";
  }
  EXPECT_EQ(stored.name, fitted.name);
  for (const Parameter &p : parameters())
    EXPECT_NEAR(p.get(stored), p.get(fitted), 1e-3 * std::abs(p.get(fitted))) << p.key << ": record the profile anew";
  for (const QString &key : sources.keys())
    EXPECT_EQ(stored.sources.value(key), fitted.sources.value(key)) << key.toStdString();
}
