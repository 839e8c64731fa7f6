// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/chip_file.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/hardware/silicon/prediction.h"

using namespace pimento;

namespace {

const QString Head = QStringLiteral(
    R"("format": "pimento-silicon", "version": 1, "name": "a-chip", "title": "A chip", "source": "a paper")");
const QString Kind = QStringLiteral(R"("evidence": "measured", "scope": "macro", "cell": "stt")");
const QString Figure = QStringLiteral(R"({"quantity": "read_access", "unit": "ns", "value": 3, "source": "abstract"})");

QByteArray chipWith(const QString &conditions, const QString &figures) {
  return QStringLiteral("{%1, %2%3, \"measurements\": [%4]}").arg(Head, Kind, conditions, figures).toUtf8();
}

std::string problemOf(const QByteArray &file) {
  try {
    static_cast<void>(readChip(file, QStringLiteral("chip.json")));
  } catch (const Error &error) {
    return error.message().toStdString();
  }
  return {};
}

std::string problemOfFigure(const QString &figure) {
  return problemOf(chipWith(QStringLiteral(", \"node_nm\": 22"), figure));
}

void expectSays(const std::string &problem, const QStringList &parts) {
  for (const QString &part : parts) EXPECT_NE(problem.find(part.toStdString()), std::string::npos) << problem;
}

}  // namespace

TEST(ChipFile, readsWhatItSays) {
  const PublishedChip chip = readChip(
      chipWith(QStringLiteral(R"(, "node_nm": 28, "supply_v": 1.2, "capacity_kbit": 1024, "read_bits": 64,
                                 "stated": {"tmr_pct": 180})"),
               QStringLiteral(R"({"quantity": "efficiency", "unit": "TOPS/W", "low": 2, "high": 8, "bits_in": 4,
                                  "bits_weight": 8, "bits_out": 12, "sparsity_pct": 50, "temperature_k": 350,
                                  "source": "Fig. 7", "beyond_model": "an adder tree"})")),
      QStringLiteral("chip.json"));
  EXPECT_EQ(chip.name, QStringLiteral("a-chip"));
  EXPECT_EQ(chip.evidence, ChipEvidence::Measured);
  EXPECT_EQ(chip.node_nm, 28);
  EXPECT_FALSE(chip.temperature_k) << "absent is not stated";
  EXPECT_EQ(chip.stated.value(QStringLiteral("tmr_pct")), 180);
  ASSERT_EQ(chip.measurements.size(), 1U);
  const Measurement &m = chip.measurements[0];
  EXPECT_EQ(*m.low, 2);
  EXPECT_EQ(*m.high, 8);
  EXPECT_DOUBLE_EQ(m.middle(), 4) << "geometric";
  EXPECT_FALSE(m.isValue());
  EXPECT_EQ(m.bits_in, 4);
  EXPECT_EQ(m.bits_weight, 8);
  EXPECT_EQ(m.bits_out, 12);
  EXPECT_EQ(*m.sparsity_pct, 50);
  EXPECT_EQ(*m.temperature_k, 350);
}

TEST(ChipFile, refusesMissingAndForeignUnits) {
  expectSays(problemOfFigure(QStringLiteral(R"({"quantity": "read_energy", "value": 1, "source": "s"})")),
             {QStringLiteral("chip.json, measurement 1, key \"unit\""), QStringLiteral("is missing"),
              QStringLiteral("read_energy is in pJ/bit")});
  expectSays(
      problemOfFigure(QStringLiteral(R"({"quantity": "read_energy", "unit": "fJ/bit", "value": 1, "source": "s"})")),
      {QStringLiteral("\"fJ/bit\" is not the unit of read_energy"), QStringLiteral("\"unit\": \"pJ/bit\"")});
  expectSays(problemOfFigure(Figure + QStringLiteral(R"(, {"quantity": "density", "unit": "", "value": 1})")),
             {QStringLiteral("measurement 2")});
}

TEST(ChipFile, refusesRangesTurnedRoundAndValuesBesideRanges) {
  const QString start = QStringLiteral(R"({"quantity": "read_access", "unit": "ns", "source": "s", )");
  expectSays(problemOfFigure(start + QStringLiteral(R"("low": 5, "high": 4})")),
             {QStringLiteral("key \"low\""), QStringLiteral("5 is above \"high\", 4"), QStringLiteral("turned round")});
  expectSays(problemOfFigure(start + QStringLiteral(R"("value": 5, "high": 9})")),
             {QStringLiteral("give a value or a range")});
  expectSays(problemOfFigure(start + QStringLiteral(R"("bits_in": 4})")), {QStringLiteral("a bound by one of them")});
}

TEST(ChipFile, refusesFiguresWithoutTheirNodeOrSource) {
  expectSays(problemOf(chipWith({}, Figure)),
             {QStringLiteral("key \"node_nm\": is missing, and read_access depends on it")});
  expectSays(problemOfFigure(QStringLiteral(R"({"quantity": "read_access", "unit": "ns", "value": 1})")),
             {QStringLiteral("key \"source\""), QStringLiteral("section, table or figure")});
  EXPECT_EQ(problemOf(chipWith(
                {}, QStringLiteral(R"({"quantity": "metal_energy", "unit": "fJ", "high": 100, "source": "s"})"))),
            "")
      << "a device has no node";
}

TEST(ChipFile, refusesHostileFiles) {
  const QByteArray good = chipWith(QStringLiteral(", \"node_nm\": 22"), Figure);
  ASSERT_EQ(problemOf(good), "");
  for (qsizetype cut = 0; cut < good.size(); ++cut) EXPECT_NE(problemOf(good.left(cut)), "") << cut;
  EXPECT_NE(problemOf(good + QByteArray(1 << 16, ' ')).find("64 KB"), std::string::npos);
  QStringList many;
  for (int i = 0; i < 65; ++i) many << Figure;
  EXPECT_NE(problemOfFigure(many.join(QLatin1Char(','))).find("1 to 64 figures"), std::string::npos);
  for (const char *figure :
       {"", "5", "{}", R"({"quantity": "speed", "unit": "ns", "value": 1, "source": "s"})",
        R"({"quantity": "read_access", "unit": "ns", "value": "3", "source": "s"})",
        R"({"quantity": "read_access", "unit": "ns", "value": 0, "source": "s"})",
        R"({"quantity": "read_access", "unit": "ns", "value": -3, "source": "s"})",
        R"({"quantity": "read_access", "unit": "ns", "value": 1e400, "source": "s"})",
        R"({"quantity": "read_access", "unit": "ns", "value": 1, "source": "s", "bits_in": 65})",
        R"({"quantity": "read_access", "unit": "ns", "value": 1, "source": "s", "bits_in": 1.5})",
        R"({"quantity": "read_access", "unit": "ns", "value": 1, "source": "s", "supply_v": 99})",
        R"({"quantity": "read_access", "unit": "ns", "value": 1, "source": "s", "temperature_k": 4})",
        R"({"quantity": "read_access", "unit": "ns", "value": 1, "source": "s", "other": 1})"})
    EXPECT_NE(problemOfFigure(QString::fromUtf8(figure)), "") << figure;
  for (const char *conditions :
       {R"(, "node_nm": "22")", R"(, "node_nm": 3)", R"(, "node_nm": 22, "rows": 5)",
        R"(, "node_nm": 22, "capacity_kbit": 0)", R"(, "node_nm": 22, "stated": [])",
        R"(, "node_nm": 22, "stated": {"tmr": 180})", R"(, "node_nm": 22, "stated": {"tmr_pct": "180"})",
        R"(, "node_nm": 22, "stated": {"dataflow": 1})", R"(, "node_nm": 22, "stated": {"tmr_pct": -1})",
        R"(, "node_nm": 22, "foundry": "x")"})
    EXPECT_NE(problemOf(chipWith(QString::fromUtf8(conditions), Figure)), "") << conditions;
  for (const auto &[from, to] : {std::pair{"\"a-chip\"", "\"../a\""}, std::pair{"\"version\": 1", "\"version\": 2"},
                                 std::pair{"pimento-silicon", "pimento-accelerator"}, std::pair{"measured", "guessed"},
                                 std::pair{"\"macro\"", "\"wafer\""}, std::pair{"\"stt\"", "\"dram\""}}) {
    QByteArray bad = good;
    EXPECT_NE(problemOf(bad.replace(from, to)), "") << to;
  }
}

TEST(ChipFile, opensFoldersOfChips) {
  QTemporaryDir folder;
  const auto put = [&](const char *name, const QByteArray &bytes) {
    QFile file(folder.filePath(QString::fromLatin1(name)));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
  };
  EXPECT_THROW(static_cast<void>(openChips(folder.path())), Error) << "none";
  const QByteArray chip = chipWith(QStringLiteral(", \"node_nm\": 22"), Figure);
  put("b.json", chip);
  put("notes.txt", "no chip");
  EXPECT_EQ(openChips(folder.path()).size(), 1U);
  EXPECT_EQ(openChips(folder.filePath(QStringLiteral("b.json"))).size(), 1U);
  put("c.json", chip);
  EXPECT_THROW(static_cast<void>(openChips(folder.path())), Error) << "a name twice";
}

// What comes with the program: each file is named as its chip, measured apart from simulated, and every figure that is
// scored is predicted.
TEST(PublishedChips, areWholeAndPredicted) {
  const std::vector<PublishedChip> chips = publishedChips();
  EXPECT_GE(chips.size(), 15U);
  QSet<QString> names;
  for (const PublishedChip &chip : chips) {
    names.insert(chip.name);
    EXPECT_TRUE(QFile::exists(QStringLiteral(":/silicon/%1.json").arg(chip.name))) << chip.name.toStdString();
    for (const Measurement &m : chip.measurements) {
      const auto ours = predict(chip, m);
      EXPECT_EQ(ours.has_value(), whyUnscored(m).isEmpty()) << chip.name.toStdString();
      EXPECT_TRUE(!ours || (std::isfinite(*ours) && *ours > 0))
          << chip.name.toStdString() << ' ' << traits(m.quantity).key;
    }
  }
  EXPECT_EQ(names.size(), static_cast<qsizetype>(chips.size()));
  for (const PublishedChip &chip : chips) {
    const bool simulated =
        chip.name.startsWith(QStringLiteral("nvmexplorer")) || chip.name == QStringLiteral("yu-2025-sot");
    EXPECT_EQ(chip.evidence == ChipEvidence::Simulated, simulated) << chip.name.toStdString();
  }
}
