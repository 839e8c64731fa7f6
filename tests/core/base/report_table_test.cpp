// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/report_table.h"

#include <gtest/gtest.h>

#include <QJsonObject>

using namespace pimento;

namespace {
const ReportTable Table{{QStringLiteral("name"), QStringLiteral("energy_uj")},
                        {{QStringLiteral("a|b_c & 50 % <x>"), 34.9914}, {QStringLiteral("d"), Cell{}}}};

// A value with a mark, in a column with one, and what they mean.
ReportTable markedTable() {
  ReportTable table{{QStringLiteral("name"), QStringLiteral("energy")},
                    {{QStringLiteral("a"), Measure{Metric::Energy, 34.9914}},
                     {QStringLiteral("b"), Measure{Metric::Energy, 20'000'000}}}};
  table.marks[{0, QStringLiteral("energy")}] = QStringLiteral("†");
  table.columnMarks[QStringLiteral("energy")] = QStringLiteral("e");
  table.notes = {{QStringLiteral("e"), QStringLiteral("estimated")}, {{}, QStringLiteral("<all> of it")}};
  return table;
}
}  // namespace

TEST(ReportTable, everyFormatKeepsItsOwnSpecialCharacters) {
  const QString latex = toLatex(Table);
  EXPECT_TRUE(latex.contains(QStringLiteral("a\\textbar{}b\\_c \\& 50 \\% \\textless{}x\\textgreater{} & 34.99 \\\\")));
  EXPECT_TRUE(toMarkdown(Table).contains(QStringLiteral("| a\\|b_c &amp; 50 % &lt;x&gt; | 34.99 |")));
  EXPECT_TRUE(toHtml(Table).contains(QStringLiteral("a|b_c &amp; 50 % &lt;x&gt;")));
}

TEST(ReportTable, whatIsAbsentIsEmptyForProgramsAndNamedForPeople) {
  EXPECT_TRUE(toCsv(Table).endsWith(QStringLiteral("d,\n")));
  EXPECT_TRUE(toJson(Table)[1].toObject().value(QStringLiteral("energy_uj")).isNull());
  EXPECT_TRUE(toText(Table).contains(QStringLiteral("n/a")));
  EXPECT_EQ(toJson(Table)[0].toObject().value(QStringLiteral("energy_uj")).toDouble(), 34.9914);
}

TEST(ReportTable, programsReadMeasuresInFullAndPeopleWithAPrefix) {
  const ReportTable table = markedTable();
  EXPECT_EQ(toCsv(table), QStringLiteral("name,energy\na,34.9914\nb,20000000\n"));
  EXPECT_EQ(toJson(table)[1].toObject().value(QStringLiteral("energy")).toDouble(), 2e7);
  EXPECT_TRUE(toMarkdown(table).contains(QStringLiteral("| b | 20\u00a0J |")));
}

TEST(ReportTable, marksStandRaisedAndAreExplainedBelow) {
  const ReportTable table = markedTable();
  EXPECT_EQ(toText(table),
            QStringLiteral("name    energyᵉ\na     34.99\u00a0µJ†\nb         20\u00a0J\n\nᵉ estimated\n<all> of it\n"));
  EXPECT_TRUE(toMarkdown(table).startsWith(QStringLiteral("| name | energy<sup>e</sup> |\n")));
  EXPECT_TRUE(toMarkdown(table).contains(QStringLiteral("34.99\u00a0µJ<sup>†</sup> |\n")));
  EXPECT_TRUE(toMarkdown(table).endsWith(QStringLiteral("|\n\n- <sup>e</sup> estimated\n- &lt;all&gt; of it\n")));
  EXPECT_TRUE(toHtml(table).contains(QStringLiteral("<td align=\"right\">34.99\u00a0µJ<sup>†</sup></td>")));
  EXPECT_TRUE(
      toHtml(table).contains(QStringLiteral("<tr><td colspan=\"2\"><small><sup>e</sup> estimated</small></td></tr>")));
  EXPECT_TRUE(toHtml(table).contains(QStringLiteral("<small>&lt;all&gt; of it</small>")));
  EXPECT_FALSE(toCsv(table).contains(QStringLiteral("†")));
}

TEST(ReportTable, aPageOfHtmlSaysItsCharset) {
  const QString page = writeFile(Table, TableFormat::Html);
  EXPECT_TRUE(page.startsWith(QStringLiteral("<!DOCTYPE html>")));
  EXPECT_TRUE(page.contains(QStringLiteral("<meta charset=\"utf-8\">")));
  EXPECT_TRUE(page.contains(toHtml(Table)));
  EXPECT_EQ(writeFile(Table, TableFormat::Csv), toCsv(Table));
}

TEST(ReportTable, leavesOutColumnsWithTheirCells) {
  ReportTable table = Table;
  table.values = {QStringLiteral("name"), QStringLiteral("energy_uj")};
  table.marks[{1, QStringLiteral("name")}] = QStringLiteral("1");
  table.marks[{1, QStringLiteral("energy_uj")}] = QStringLiteral("2");
  const ReportTable rest = withoutColumns(table, {QStringLiteral("name"), QStringLiteral("no such column")});
  EXPECT_EQ(rest.columns, QStringList{QStringLiteral("energy_uj")});
  EXPECT_EQ(rest.values, QStringList{QStringLiteral("energy_uj")});
  ASSERT_EQ(rest.rows.size(), 2U);
  EXPECT_EQ(rest.rows[0], std::vector<Cell>{34.9914});
  EXPECT_EQ(rest.rows[1], std::vector<Cell>{Cell{}});
  EXPECT_EQ(rest.marks.size(), 1U);
  EXPECT_EQ(markOf(rest, 1, 0), QStringLiteral("2"));
}
