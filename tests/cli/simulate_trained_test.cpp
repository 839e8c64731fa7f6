// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "core/network/families/families.h"
#include "core/simulate/integers/quantised_file.h"
#include "core/simulate/integers/random_network.h"
#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

// Random integers that say they come from Fashion-MNIST: enough to run test pictures through the arrays.
QString randomIntegers(const QTemporaryDir &folder, bool trained) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  QuantisedNetwork network =
      randomNetwork(spec, {spec.variants[3]}, findBinding(spec, QStringLiteral("slimmable")), {8, 8}, 1);
  if (trained)
    network.origin = QuantisedOrigin{
        ResultHow::PostTraining, QStringLiteral("fashion-mnist"), {spec.input, false, 0, false, {{0.286}, {0.353}}}};
  const QString path = QDir(folder.path()).filePath(QStringLiteral("quantised-8x8.safetensors"));
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(writeSafeTensors(writeQuantised(network)));
  return path;
}

}  // namespace

TEST(SimulateVerb, runsATrainedNetworkOnTestPictures) {
  const QTemporaryDir folder;
  randomIntegers(folder, true);
  const Output run = runPimento(words("simulate --images 4 --json --quantised") + QStringList{folder.path()});
  ASSERT_EQ(run.exitCode, 0) << run.err.toStdString();
  const QJsonObject line = QJsonDocument::fromJson(run.out).object();
  EXPECT_EQ(line[QStringLiteral("n")].toInt(), 4);
  EXPECT_EQ(line[QStringLiteral("agreement")].toInt(), 4);
  EXPECT_EQ(line[QStringLiteral("agreement_pct")].toDouble(), 100);
  EXPECT_EQ(line[QStringLiteral("correct")].toInt(), line[QStringLiteral("integer_correct")].toInt());
  EXPECT_EQ(line[QStringLiteral("accuracy_pct")].toDouble(), 25.0 * line[QStringLiteral("correct")].toInt());
  EXPECT_EQ(line[QStringLiteral("interval_pct")].toArray().size(), 2);
  EXPECT_EQ(line[QStringLiteral("trace_equals_mapping")].toString(), QStringLiteral("yes"));
}

TEST(SimulateVerb, givesAccuracyOverChips) {
  const QTemporaryDir folder;
  const QStringList command = words(
                                  "simulate resnet20-slimmable:0.25 --images 2 --errors all --chip-seeds 3 --set "
                                  "offset_mv=8 --quantised") +
                              QStringList{randomIntegers(folder, true)};
  const Output run = runPimento(command + words("--json"));
  ASSERT_EQ(run.exitCode, 0) << run.err.toStdString();
  const QJsonObject line = QJsonDocument::fromJson(run.out).object();
  const QJsonArray chips = line[QStringLiteral("chips")].toArray();
  ASSERT_EQ(chips.size(), 3);
  double mean = 0;
  for (const QJsonValue &chip : chips) {
    EXPECT_GT(chip.toObject()[QStringLiteral("wrong_senses")].toInt(), 0);
    mean += chip.toObject()[QStringLiteral("accuracy_pct")].toDouble() / 3;
  }
  EXPECT_NEAR(line[QStringLiteral("chips_mean_pct")].toDouble(), mean, 1e-9);
  const CsvTable rows = csvOf(command);
  ASSERT_EQ(rows.rows.size(), 4U);
  EXPECT_EQ(field(rows, 0, "chip_seed"), QStringLiteral("none"));
  EXPECT_EQ(number(rows, 3, "chip_seed"), 3);
}

TEST(SimulateVerb, refusesIntegersThatDoNotFit) {
  const QTemporaryDir folder;
  const QStringList command = words("simulate --quantised");
  expectRefused(command + QStringList{folder.path()}, "holds no integers of 8:8 bits");
  expectRefused(command + QStringList{randomIntegers(folder, false)}, "nothing was trained");
  const QStringList trained = command + QStringList{randomIntegers(folder, true)};
  expectRefused(trained + words("deco-vgg16"), "not of \"deco-vgg16\"");
  expectRefused(trained + words("resnet20-slimmable:1.0"), "have no variant");
  expectRefused(trained + words("--data cifar-100"), "has 100");
  expectRefused(words("simulate resnet20-slimmable:0.25 --data fashion-mnist"), "--data without --quantised");
}
