// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

std::vector<std::string> names(const CsvTable &table) {
  std::vector<std::string> names;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    names.push_back((field(table, row, "network") + QLatin1Char(':') + field(table, row, "variant")).toStdString());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST(FrontVerb, givesTheFrontOfThePublishedDesigns) {
  const CsvTable rows = csvOf(words("front --published --dataset cifar-100 --objectives energy,accuracy"));
  EXPECT_EQ(names(rows), (Names{"deco-mobilenetv1:fe+cm4", "deco-mobilenetv1:fe+cm3", "deco-mobilenetv1:fe+cm2",
                                "deco-vgg16:fe+cm1"}));
  EXPECT_EQ(rows.header, csvOf(words("published --dataset cifar-100")).header);
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    EXPECT_EQ(field(rows, row, "training"), QStringLiteral("joint"));
    EXPECT_EQ(field(rows, row, "scope"), QStringLiteral("whole"));
    EXPECT_EQ(field(rows, row, "reference"), QStringLiteral("0"));
  }
}

TEST(FrontVerb, chosenWithinBudgets) {
  const CsvTable rows = csvOf(words("front --published --dataset cifar-100 --max-energy 35uJ --max-latency 0.03ms"));
  EXPECT_EQ(names(rows),
            (Names{"deco-mobilenetv1:fe+cm4", "deco-vgg16:fe+cm4", "deco-vgg16:fe+cm3", "deco-vgg16:fe+cm2"}));
  Output text = runPimento(words("front --published --dataset cifar-100 --max-energy 35uJ --max-latency 30us"));
  EXPECT_EQ(text.exitCode, 0);
  EXPECT_TRUE(text.out.replace("\xc2\xa0", " ")
                  .contains("best accuracy within 35 µJ and 30 µs: deco-vgg16 fe+cm2 (cifar-100, joint, deco-pim) at "
                            "53.82 %, 34.99 µJ, "
                            "28.8 µs\n"))
      << text.out.toStdString();
}

TEST(FrontVerb, saysWhatComesNearestIfNothingFits) {
  const Output csv = runPimento(words("front --published --dataset cifar-100 --max-energy 30uJ --csv"));
  EXPECT_EQ(csv.exitCode, 1);
  EXPECT_EQ(csv.out.count('\n'), 1);  // the header alone
  QByteArray message = csv.err;
  EXPECT_TRUE(message.replace("\xc2\xa0", " ")
                  .contains("no design fits 30 µJ; the cheapest is deco-mobilenetv1 fe+cm4 (cifar-100, joint, "
                            "deco-pim) at 30.45 µJ (1.49 % "
                            "over)\n"))
      << message.toStdString();
  const Output text = runPimento(words("front --published --dataset imagenet"));
  EXPECT_EQ(text.exitCode, 1);
  EXPECT_TRUE(text.out.isEmpty());
  EXPECT_TRUE(text.err.contains("no design here has a value for energy and accuracy"));
}

TEST(FrontVerb, filtersByNetworkTrainingScopeAndBits) {
  EXPECT_EQ(names(csvOf(words("front --published --dataset cifar-100 --network deco-vgg16"))).size(), 4U);
  EXPECT_EQ(field(csvOf(words("front --published --dataset cifar-100 --training independent")), 0, "training"),
            QStringLiteral("independent"));
  EXPECT_EQ(field(csvOf(words("front --published --dataset cifar-100 --scope head")), 0, "scope"),
            QStringLiteral("head"));
  const CsvTable byBits = csvOf(words("front --published --objectives memory,accuracy --dataset cifar-10 --bits 8:8"));
  EXPECT_FALSE(byBits.rows.empty());
  for (std::size_t row = 0; row < byBits.rows.size(); ++row)
    EXPECT_EQ(field(byBits, row, "bits_w"), QStringLiteral("8"));
}

TEST(FrontVerb, allListsEveryDesignThatTakesPart) {
  const CsvTable all = csvOf(words("front --published --dataset cifar-100 --all"));
  EXPECT_EQ(all.rows.size(), 8U);
  EXPECT_EQ(field(all, 3, "variant"), QStringLiteral("fe+cm1"));
}

TEST(FrontVerb, warnsOfAccuraciesOnDifferentDatasets) {
  const Output run = runPimento(words("front --published"));
  EXPECT_EQ(run.exitCode, 0);
  EXPECT_TRUE(run.err.contains("different data sets (cifar-10, cifar-100)"));
  EXPECT_TRUE(runPimento(words("front --published --objectives energy,latency")).err.isEmpty());
}

TEST(FrontVerb, measuresTheHypervolume) {
  const CsvTable volume =
      csvOf(words("front --published --dataset cifar-100 --network deco-vgg16 --hypervolume --reference 40uJ,45.94"));
  ASSERT_EQ(volume.rows.size(), 1U);
  const double byHand =
      (40 - 34.9028) * (53.15 - 45.94) + (40 - 34.9914) * (53.82 - 53.15) + (40 - 37.1262) * (65.44 - 53.82);
  EXPECT_NEAR(number(volume, 0, "hypervolume"), byHand, 1e-9);
  EXPECT_EQ(number(volume, 0, "reference_energy_uj"), 40);
  EXPECT_EQ(number(volume, 0, "ideal_accuracy_pct"), 65.44);
  EXPECT_EQ(number(volume, 0, "front"), 4);
}

TEST(FrontVerb, readsWhatTheOtherVerbsWrite) {
  const QTemporaryDir directory;
  QFile file(directory.filePath(QStringLiteral("designs.csv")));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(runPimento(words("published --csv")).out);
  file.close();
  const QStringList options = words("--dataset cifar-100 --objectives energy,accuracy --csv");
  const Output fromFile = runPimento(QStringList{QStringLiteral("front"), file.fileName()} + options);
  EXPECT_EQ(fromFile.exitCode, 0) << fromFile.err.toStdString();
  EXPECT_EQ(fromFile.out, runPimento(words("front --published") + options).out);
}

TEST(FrontVerb, joinsEstimatesWithPublishedAccuracies) {
  const QStringList command = words(
      "front --published --estimate resnet20-slimmable --network resnet20-slimmable --objectives energy,accuracy");
  const CsvTable rows = csvOf(command);
  ASSERT_FALSE(rows.rows.empty());
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    EXPECT_EQ(field(rows, row, "platform"), QStringLiteral("sot-mram"));
    EXPECT_EQ(field(rows, row, "dataset"), QStringLiteral("cifar-10"));
    EXPECT_EQ(field(rows, row, "energy_kind"), QStringLiteral("estimated"));
    EXPECT_EQ(field(rows, row, "accuracy_kind"), QStringLiteral("published"));
  }
  EXPECT_EQ(csvOf(command + words("--estimate resnet18-slimmable")).rows.size(), rows.rows.size());
  expectRefused(words("front --published --estimate resnet20"), "did you mean \"resnet20-slimmable\"");
  expectRefused(words("front x.csv --estimate resnet20-slimmable"), "--estimate without --published");
}

// With a TMR of 43 % one AND in eight is wrong; its short senses make it the cheapest all the same.
TEST(FrontVerb, aDesignThatErrsWinsNothingUnasked) {
  const QTemporaryDir directory;
  QFile file(directory.filePath(QStringLiteral("designs.csv")));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  const QStringList estimate = words("estimate resnet20-slimmable --csv");
  file.write(runPimento(estimate).out);
  const QByteArray weak = runPimento(estimate + words("--set tmr_pct=43")).out;
  const QByteArray platform = QByteArray(weak.mid(weak.indexOf('\n') + 1));
  for (const QByteArray &line : platform.split('\n'))
    if (line.contains(",sot-mram,")) file.write(line + '\n');
  file.close();
  const QStringList front = QStringList{QStringLiteral("front"), file.fileName()} + words("--objectives energy,area");
  const CsvTable sound = csvOf(front);
  ASSERT_FALSE(sound.rows.empty());
  EXPECT_TRUE(rowsWhere(sound, {QStringLiteral("validity=invalid")}).empty());
  const CsvTable all = csvOf(front + words("--include-invalid"));
  const auto invalid = rowsWhere(all, {QStringLiteral("validity=invalid")});
  ASSERT_FALSE(invalid.empty()) << "it would win";
  EXPECT_TRUE(field(all, invalid.front(), "validity_reason").startsWith(QStringLiteral("AND2 errors of 0.1")));
  EXPECT_TRUE(field(all, invalid.front(), "validity_reason").contains(QStringLiteral("profile sot-mram (tmr_pct=43)")));

  const QStringList budget = front + words("--max-energy 5mJ");
  const Output answer = runPimento(budget);
  EXPECT_EQ(answer.exitCode, 0);
  EXPECT_FALSE(answer.out.contains(", invalid: ")) << answer.out.toStdString();
  EXPECT_TRUE(answer.out.contains("4 invalid designs are left out")) << answer.out.toStdString();
  EXPECT_TRUE(answer.out.contains("Left out as invalid (--include-invalid takes them in): 4"));
  const Output asked = runPimento(budget + words("--include-invalid"));
  EXPECT_TRUE(asked.out.contains(", invalid: AND2 errors of 0.1")) << asked.out.toStdString();
}

TEST(FrontVerb, aProjectOfInvalidDesignsHasNoFrontAndSaysWhy) {
  const QTemporaryDir directory;
  const QString path = directory.filePath(QStringLiteral("weak.pimento"));
  EXPECT_EQ(runPimento(words("estimate resnet20-slimmable --set tmr_pct=43 -o") + QStringList{path}).exitCode, 0);
  const QStringList front = QStringList{QStringLiteral("front"), path} + words("--objectives energy,latency");
  const Output none = runPimento(front);
  EXPECT_EQ(none.exitCode, 1);
  EXPECT_TRUE(none.out.isEmpty());
  EXPECT_TRUE(none.err.contains("is invalid")) << none.err.toStdString();
  EXPECT_TRUE(none.err.contains("AND2 errors of 0.1"));
  const Output asked = runPimento(front + words("--include-invalid"));
  EXPECT_EQ(asked.exitCode, 0);
  EXPECT_TRUE(asked.out.contains("invalid: AND2 errors of 0.1")) << asked.out.toStdString();
  EXPECT_TRUE(asked.out.contains("profile sot-mram"));
}

TEST(FrontVerb, refusesBadUse) {
  expectRefused(words("front"), "names no design points");
  expectRefused(words("front --published x.csv"), "both --published and a file");
  expectRefused(words("front x.csv --correct all"), "--correct without --published");
  expectRefused(words("front nowhere.csv"), "nowhere.csv: can not be read");
  expectRefused(words("front --published --objectives energy"), "two to four");
  expectRefused(words("front --published --objectives energy,speed"), "unknown metric \"speed\"");
  expectRefused(words("front --published --max-energy 35uW"), "did you mean \"uJ\"");
  expectRefused(words("front --published --dataset cifar-11"), "did you mean \"cifar-10\"");
  expectRefused(words("front --published --platform dec-pim"), "did you mean \"deco-pim\"");
  expectRefused(words("front --published --scope all"), "known: whole, head");
  expectRefused(words("front --published --bits 8"), "8:8");
  expectRefused(words("front --published --reference 40"), "1 values for 2 objectives");
}
