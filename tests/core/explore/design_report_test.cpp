// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_report.h"

#include <gtest/gtest.h>

#include <array>
#include <ctime>

using namespace pimento;

namespace {

// Two designs, one of them without a data set and power.
DesignTable twoDesigns() {
  DesignTable table;
  const auto from = table.intern(Provenance{Kind::Derived, QStringLiteral("Table I | x"), {}, {}});
  const auto network = table.intern(QStringLiteral("n"));
  const auto first = table.append(
      {.network = network, .variant = table.intern(QStringLiteral("v")), .dataset = table.intern(QStringLiteral("d"))});
  table.set(first, Metric::Energy, 37.1262, from);
  table.set(first, Metric::Power, 1.5, from);
  const auto second = table.append({.network = network, .variant = table.intern(QStringLiteral("w"))});
  table.set(second, Metric::Energy, 1500, table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}}));
  return table;
}

constexpr std::array<std::uint32_t, 2> Both{0, 1};

}  // namespace

TEST(DesignSummary, leavesOutWhatNoRowHas) {
  const DesignTable table = twoDesigns();
  EXPECT_EQ(designSummary(table, Both).columns.join(QLatin1Char(' ')),
            QStringLiteral("network variant dataset scope energy power source"));
  EXPECT_EQ(designSummary(table, std::array{1U}, SummarySources::LeftOut).columns.join(QLatin1Char(' ')),
            QStringLiteral("network variant scope energy"));
  EXPECT_EQ(designSummary(table, Both, SummarySources::LeftOut, std::array{Metric::Energy, Metric::Macs}).columns,
            designSummary(table, Both, SummarySources::LeftOut).columns)
      << "no row has the further metric";
}

TEST(DesignSummary, saysTheSourceOfEveryRow) {
  const QString text = toMarkdown(designSummary(twoDesigns(), Both)).replace(QChar(0x00a0), QLatin1Char(' '));
  EXPECT_TRUE(text.contains(QStringLiteral("| n | v | d | whole | 37.13 µJ<sup>d</sup> | 1.5 W | Table I \\| x |\n")))
      << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("| n | w | - | whole | 1.5 mJ<sup>e</sup> | n/a | model |\n")))
      << text.toStdString();
}

TEST(DesignSummary, setsValuesRight) {
  const ReportTable summary = designSummary(twoDesigns(), Both);
  EXPECT_TRUE(toLatex(summary).contains(QStringLiteral("\\begin{tabular}{@{}llS[")));
  EXPECT_TRUE(toMarkdown(summary).contains(QStringLiteral("|---|---|---|---|---:|---:|---|")));
  const QString html = toHtml(summary).replace(QChar(0x00a0), QLatin1Char(' '));
  EXPECT_TRUE(html.contains(QStringLiteral("<th align=\"right\">energy</th>")));
  EXPECT_TRUE(html.contains(QStringLiteral("<td align=\"right\">37.13 µJ<sup>d</sup></td>")));
  EXPECT_TRUE(html.contains(QStringLiteral("<td>Table I | x</td>")));
}

TEST(DesignSummary, givesEveryValueItsKind) {
  const ReportTable mixed = designSummary(twoDesigns(), Both);
  EXPECT_EQ(mixed.marks.at({0, QStringLiteral("energy")}), QStringLiteral("d"));
  EXPECT_EQ(mixed.marks.at({1, QStringLiteral("energy")}), QStringLiteral("e"));
  EXPECT_EQ(mixed.columnMarks.at(QStringLiteral("power")), QStringLiteral("d")) << "all of the column";
  EXPECT_EQ(mixed.notes, (std::vector<TableNote>{{QStringLiteral("d"), QStringLiteral("derived")},
                                                 {QStringLiteral("e"), QStringLiteral("estimated")}}));
  const ReportTable one = designSummary(twoDesigns(), std::array{1U});
  EXPECT_TRUE(one.marks.empty());
  EXPECT_EQ(one.notes, (std::vector<TableNote>{{QString(), QStringLiteral("All values are estimated.")}}));
}

TEST(DesignSummary, numbersAsManyReasonsAsThereAreRows) {
  const auto seconds = [](std::uint32_t rows, bool alike) {
    DesignTable table;
    const NameId network = table.intern(QStringLiteral("n"));
    const auto from = table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}});
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < rows; ++i) {
      all.push_back(table.append({.network = network, .variant = table.intern(QString::number(i))}));
      table.set(i, Metric::Energy, 1, from);
      table.setValidity(i, Validity::Doubtful,
                        QStringLiteral("AND2 errors of %1 are above 0.001").arg(alike ? 0 : i, 8));
    }
    const std::clock_t start = std::clock();
    const ReportTable summary = designSummary(table, all);
    EXPECT_EQ(summary.notes.size(), alike ? 2U : rows + 1);
    EXPECT_EQ(summary.notes.back().mark, QString::number(alike ? 1 : rows));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  constexpr std::uint32_t Rows = 30'000;
  EXPECT_LT(seconds(Rows, false), 10 * seconds(Rows, true) + 0.5);
}

TEST(DesignSummary, numbersWarningsByLevelAndSaysEachOnce) {
  DesignTable table = twoDesigns();
  const QStringList warnings{QStringLiteral("note: the cap binds"), QStringLiteral("mind the gap"),
                             QStringLiteral("invalid: all wrong")};
  const auto from = table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, warnings});
  table.set(0, Metric::Energy, 1, from);
  table.set(0, Metric::Power, 1, from);
  table.set(1, Metric::Energy, 2, table.intern(Provenance{Kind::Estimated, {}, {}, warnings.mid(0, 1)}));
  table.set(1, Metric::Power, 2, table.intern(Provenance{Kind::Estimated, {}, {}, {}}));
  // Of a value that is not shown.
  table.set(1, Metric::Macs, 2, table.intern(Provenance{Kind::Estimated, {}, {}, {QStringLiteral("not shown")}}));
  const ReportTable summary = designSummary(table, Both);
  const auto notes = static_cast<std::size_t>(summary.columns.indexOf(QStringLiteral("notes")));
  EXPECT_EQ(summary.rows[0][notes], Cell{QStringLiteral("1, 2, 3")});
  EXPECT_EQ(summary.rows[1][notes], Cell{QStringLiteral("1")});
  EXPECT_EQ(summary.notes.at(1),
            (TableNote{QStringLiteral("1"), QStringLiteral("note (energy, power): the cap binds")}));
  EXPECT_EQ(summary.notes.at(2).text, QStringLiteral("caution: mind the gap"));
  EXPECT_EQ(summary.notes.at(3).text, QStringLiteral("invalid: all wrong"));
  EXPECT_EQ(summary.notes.size(), 4U) << "each once";
}

TEST(DesignSummary, marksCorrectedValues) {
  DesignTable table = twoDesigns();
  table.set(1, Metric::Energy, 2,
            table.intern(Provenance{.kind = Kind::Derived, .source = QStringLiteral("s"), .corrected = true}));
  const ReportTable summary = designSummary(table, Both);
  EXPECT_EQ(summary.marks.at({1, QStringLiteral("energy")}), CorrectedMark);
  EXPECT_EQ(summary.marks.size(), 1U);
  EXPECT_EQ(summary.notes.back(), (TableNote{CorrectedMark, CorrectedMeans}));
  const ReportTable report = designReport(table);
  const auto column = static_cast<std::size_t>(report.columns.indexOf(QStringLiteral("corrected")));
  EXPECT_EQ(report.rows[0][column], Cell{});
  EXPECT_EQ(report.rows[1][column], Cell{QStringLiteral("energy")});
}

TEST(DesignSummary, saysValidityWithItsReasonAndNamesProfiles) {
  DesignTable table = twoDesigns();
  const auto from = table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}});
  for (const char *hash : {"aaa", "bbb"}) {
    const auto row = table.append({.network = table.intern(QStringLiteral("n")),
                                   .variant = table.intern(QStringLiteral("v")),
                                   .platform = table.intern(QStringLiteral("chip")),
                                   .profileHash = table.intern(QString::fromLatin1(hash))});
    table.set(row, Metric::Energy, 1, from);
  }
  table.setValidity(3, Validity::Invalid, QStringLiteral("AND2 errors of 0.1 are above 0.01"));
  const ReportTable summary = designSummary(table, std::array{2U, 3U});
  const QString text = toMarkdown(summary);
  EXPECT_TRUE(text.contains(QStringLiteral("chip@aaa | whole |"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("| valid |  | model |"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("| invalid | 1 | model |"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("- <sup>1</sup> invalid: AND2 errors of 0.1 are above 0.01\n")));
  EXPECT_TRUE(text.contains(QStringLiteral("- Estimated for profile chip (hash aaa), chip (hash bbb).\n")));
  EXPECT_TRUE(toMarkdown(designSummary(table, std::array{2U})).contains(QStringLiteral("| chip | whole |")));
}
