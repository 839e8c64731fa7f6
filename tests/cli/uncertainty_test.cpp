// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <cmath>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const QString &line) { return line.split(QLatin1Char(' ')); }
std::string refusal(const char *line) {
  const Output output = runPimento(words(QString::fromUtf8(line)));
  EXPECT_EQ(output.exitCode, 2) << line;
  return output.err.toStdString();
}

bool says(const char *line, const char *part) {
  const std::string error = refusal(line);
  EXPECT_NE(error.find(part), std::string::npos) << line << ": " << error;
  return true;
}

}  // namespace

TEST(Uncertainty, addsPercentilesToEveryMetricOfAnEstimate) {
  const QString line = QStringLiteral("estimate resnet20-slimmable --uncertainty --samples 128 --csv");
  const CsvTable rows = csvOf(words(line));
  const CsvTable plain = csvOf(words(QStringLiteral("estimate resnet20-slimmable --csv")));
  for (qsizetype i = 0; i < plain.header.size(); ++i) EXPECT_EQ(rows.header[i], plain.header[i]) << "columns stay";
  int estimates = 0;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    if (field(rows, row, "profile_hash").isEmpty()) {
      EXPECT_TRUE(field(rows, row, "energy_p5_uj").isEmpty()) << "a reference has nothing to draw";
      continue;
    }
    ++estimates;
    for (const auto &[low, high] :
         {std::pair{"energy_p5_uj", "energy_p95_uj"}, std::pair{"latency_p5_us", "latency_p95_us"},
          std::pair{"power_p5_w", "power_p95_w"}, std::pair{"area_p5_mm2", "area_p95_mm2"}}) {
      EXPECT_GT(number(rows, row, low), 0) << low;
      EXPECT_LE(number(rows, row, low), number(rows, row, high)) << low;
    }
  }
  EXPECT_EQ(estimates, 4);
  EXPECT_EQ(runPimento(words(line)).out, runPimento(words(line)).out) << "equal seeds draw the same";
  EXPECT_NE(runPimento(words(line + QStringLiteral(" --seed 2"))).out, runPimento(words(line)).out);
}

TEST(Uncertainty, rangesThatAUserGivesTakeTheTablesPlace) {
  const CsvTable wide =
      csvOf(words(QStringLiteral("estimate resnet20-slimmable:1.0 --uncertainty --samples 256 --csv")));
  const CsvTable given = csvOf(words(QStringLiteral(
      "estimate resnet20-slimmable:1.0 --uncertainty --samples 256 --range add_pj=0.2:20:log-uniform --csv")));
  EXPECT_GT(number(given, 0, "energy_p95_uj"), number(wide, 0, "energy_p95_uj"));
}

TEST(Uncertainty, refusesRangesThatAreTurnedRoundAndWhatNothingUses) {
  says("estimate resnet20-slimmable --uncertainty --range offset_mv=8:2", "is turned round");
  says("estimate resnet20-slimmable --range offset_mv=2:8", "--range");
  says("estimate resnet20-slimmable --uncertainty --samples 3", "--samples \"3\"");
  says("estimate resnet20-slimmable --uncertainty --seed x", "--seed \"x\"");
  says("estimate resnet20-slimmable --uncertainty --layers", "--layers");
  says("front --published --uncertainty", "no design here is an estimate");
}

TEST(Sensitivity, giveSharesOfEveryParameter) {
  const CsvTable rows =
      csvOf(words(QStringLiteral("estimate resnet20-slimmable:0.25 --sensitivity --samples 64 --csv")));
  EXPECT_EQ(rows.header.mid(0, 4), (QStringList{QStringLiteral("parameter"), QStringLiteral("metric"),
                                                QStringLiteral("first_order"), QStringLiteral("total")}));
  double totals = 0;
  int energies = 0;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    EXPECT_LE(number(rows, row, "total_low"), number(rows, row, "total_high"));
    if (field(rows, row, "metric") != QStringLiteral("energy")) continue;
    ++energies;
    totals += number(rows, row, "total");
  }
  EXPECT_GT(energies, 40);
  EXPECT_GT(totals, 0.7) << "together at least all of the variance, but for sampling";
}

TEST(Front, saysHowProbableItsStepsAre) {
  const QString line = QStringLiteral(
      "front --published --estimate resnet20-slimmable --dataset cifar-10 --platform sot-mram --samples 64 ");
  const CsvTable front = csvOf(words(line + QStringLiteral("--uncertainty")));
  ASSERT_GE(front.rows.size(), 2U);
  for (std::size_t row = 0; row < front.rows.size(); ++row) {
    EXPECT_GE(number(front, row, "p_on_front"), 0);
    EXPECT_LE(number(front, row, "p_on_front"), 1);
    EXPECT_GT(number(front, row, "energy_p95_uj"), number(front, row, "energy_p5_uj"));
  }
  const CsvTable pairs = csvOf(words(line + QStringLiteral("--dominance")));
  EXPECT_EQ(pairs.header, (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("p_dominates")}));
  EXPECT_GE(pairs.rows.size(), front.rows.size() * (front.rows.size() - 1));
}

TEST(Explain, sharesTheDifferenceOutExactly) {
  for (const char *line : {"explain sot-mram stt-mram", "explain resnet20-slimmable:1.0 resnet20-slimmable:0.25",
                           "explain sot-mram resnet20-slimmable:0.5 --accelerator reram --by components",
                           "explain tests/data/nvsim_results/bank4.out tests/data/nvsim_results/b8norep.out",
                           "explain sot-mram tests/data/nvsim_results/b8norep.out"}) {
    const CsvTable rows = csvOf(words(QString::fromUtf8(line)));
    EXPECT_EQ(rows.header.mid(0, 4), (QStringList{QStringLiteral("part"), QStringLiteral("metric"),
                                                  QStringLiteral("share"), QStringLiteral("difference")}));
    std::map<QString, double> sums;
    std::map<QString, double> wholes;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
      const QString metric = field(rows, row, "metric");
      sums[metric] += number(rows, row, "difference");
      wholes[metric] = number(rows, row, "b") - number(rows, row, "a");
    }
    EXPECT_GE(sums.size(), 2U) << line;
    for (const auto &[metric, sum] : sums)
      EXPECT_NEAR(sum, wholes[metric], 1e-9 * std::abs(wholes[metric]) + 1e-12) << line << " " << metric.toStdString();
  }
}

TEST(Explain, explainsARowOfAProject) {
  QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("a.pimento"));
  ASSERT_EQ(runPimento(words(QStringLiteral("estimate resnet20-slimmable -o ") + file)).exitCode, 0);
  const CsvTable designs = csvOf(words(QStringLiteral("front %1 --objectives energy,latency --all").arg(file)));
  const QString id = field(designs, 0, "id");
  const CsvTable rows = csvOf({QStringLiteral("explain"), file + QLatin1Char('#') + id, QStringLiteral("stt-mram")});
  EXPECT_GT(rows.rows.size(), 4U);
  const Output unknown =
      runPimento({QStringLiteral("explain"), file + QStringLiteral("#nobody"), QStringLiteral("sram")});
  EXPECT_EQ(unknown.exitCode, 2);
  EXPECT_TRUE(unknown.err.contains("has no design")) << unknown.err.toStdString();
}

TEST(Explain, refusesWhatItCanNotCompare) {
  says("explain sot-mram", "names no two designs");
  says("explain sot-mram README.md", "is no result of NVSim");
  says("explain resnet20-slimmable:1.0 tests/data/nvsim_results/bank4.out", "beside a network");
  says("explain resnet20-slimmable sram", "names no variant");
}
