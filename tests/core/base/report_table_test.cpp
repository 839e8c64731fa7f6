// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/report_table.h"

#include <gtest/gtest.h>

#include <QJsonObject>

using namespace pimento;

namespace {
const ReportTable Table{{QStringLiteral("name"), QStringLiteral("energy_uj")},
                        {{QStringLiteral("a|b_c & 50 % <x>"), 34.9914}, {QStringLiteral("d"), Cell{}}}};
}

TEST(ReportTable, everyFormatKeepsItsOwnSpecialCharacters) {
  const QString latex = toLatex(Table);
  EXPECT_TRUE(latex.contains(QStringLiteral("a\\textbar{}b\\_c \\& 50 \\% \\textless{}x\\textgreater{} & 34.99 \\\\")));
  EXPECT_TRUE(latex.contains(QStringLiteral("energy\\_uj")));
  EXPECT_TRUE(toMarkdown(Table).contains(QStringLiteral("| a\\|b_c & 50 % <x> | 34.99 |")));
  EXPECT_TRUE(toHtml(Table).contains(QStringLiteral("a|b_c &amp; 50 % &lt;x&gt;")));
}

TEST(ReportTable, whatIsAbsentIsEmptyForProgramsAndNamedForPeople) {
  EXPECT_TRUE(toCsv(Table).endsWith(QStringLiteral("d,\n")));
  EXPECT_TRUE(toJson(Table)[1].toObject().value(QStringLiteral("energy_uj")).isNull());
  EXPECT_TRUE(toText(Table).contains(QStringLiteral("n/a")));
  EXPECT_EQ(toJson(Table)[0].toObject().value(QStringLiteral("energy_uj")).toDouble(), 34.9914);
}

TEST(ReportTable, leavesOutColumnsWithTheirCells) {
  ReportTable table = Table;
  table.values = {QStringLiteral("name"), QStringLiteral("energy_uj")};
  const ReportTable rest = withoutColumns(table, {QStringLiteral("name"), QStringLiteral("no such column")});
  EXPECT_EQ(rest.columns, QStringList{QStringLiteral("energy_uj")});
  EXPECT_EQ(rest.values, QStringList{QStringLiteral("energy_uj")});
  ASSERT_EQ(rest.rows.size(), 2U);
  EXPECT_EQ(rest.rows[0], std::vector<Cell>{34.9914});
  EXPECT_EQ(rest.rows[1], std::vector<Cell>{Cell{}});
}
