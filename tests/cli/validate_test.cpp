// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

TEST(ValidateVerb, givesEveryCheckWithItsRatio) {
  const CsvTable table = csvOf({QStringLiteral("validate")});
  EXPECT_GT(table.rows.size(), 90U);
  EXPECT_EQ(table.header.mid(0, 6).join(QLatin1Char(',')), QStringLiteral("check,ours,theirs,ratio,source,reason"));
  const auto first = rowsWhere(table, {QStringLiteral("check=first switching current, 2 ns")});
  ASSERT_EQ(first.size(), 1U);
  EXPECT_NEAR(number(table, first[0], "ratio"), 1, 0.05);
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    EXPECT_EQ(field(table, row, "reason").isEmpty(), field(table, row, "agrees") == QStringLiteral("yes")) << row;
}

TEST(ValidateVerb, takesNoArguments) {
  expectRefused({QStringLiteral("validate"), QStringLiteral("device")}, "unexpected argument");
}
