// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/typed_number.h"

#include <gtest/gtest.h>

#include <QLocale>

using namespace pimento;

namespace {
std::optional<double> number(const char *text) { return typedNumber(QString::fromUtf8(text)).value(); }
QString problem(const char *text) { return typedNumber(QString::fromUtf8(text)).problem; }
}  // namespace

TEST(TypedNumber, understandsAPointAndAComma) {
  EXPECT_EQ(number("35.5"), 35.5);
  EXPECT_EQ(number("35,5"), 35.5);
  EXPECT_EQ(number(" 0,05 "), 0.05);
  EXPECT_EQ(number("0,125"), 0.125);  // nobody groups zeros
  EXPECT_EQ(number("-1,5e-3"), -1.5e-3);
  EXPECT_EQ(number(",5"), 0.5);
  EXPECT_EQ(number("5,"), 5);
  EXPECT_EQ(number("1234,56"), 1234.56);
}

TEST(TypedNumber, understandsGroupsWhereTheyAreNothingElse) {
  EXPECT_EQ(number("1,234,567"), 1234567);
  EXPECT_EQ(number("1,234.5"), 1234.5);
}

TEST(TypedNumber, explainsWhatMayBeTwoNumbers) {
  EXPECT_EQ(number("1,234"), std::nullopt);
  EXPECT_EQ(problem("1,234"), QStringLiteral("write 1.234 or 1234"));
  EXPECT_EQ(number("1.234,5"), std::nullopt);
  EXPECT_EQ(problem("1.234,5"), QStringLiteral("write 1234.5"));
}

TEST(TypedNumber, takesNothingElse) {
  for (const char *text : {"", " ", ",", ".", "1,2,3", "12,34,567", "1..2", "abc", "1e", "nan", "inf", "0x10", "1 2"}) {
    EXPECT_EQ(number(text), std::nullopt) << text;
    EXPECT_EQ(problem(text), QString()) << text;
  }
  EXPECT_EQ(number("1e999"), std::nullopt);
}

TEST(TypedNumber, isTheSameInEveryLocale) {
  const QLocale before;
  QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
  EXPECT_EQ(number("0.05"), 0.05);
  EXPECT_EQ(number("0,05"), 0.05);
  QLocale::setDefault(before);
}

TEST(TypedWhole, commasGroup) {
  EXPECT_EQ(typedWhole(QStringLiteral("1,234")).value(), 1234);
  EXPECT_EQ(typedWhole(QStringLiteral("50000")).value(), 50000);
  EXPECT_EQ(typedWhole(QStringLiteral("35,5")).value(), std::nullopt);
  EXPECT_EQ(typedWhole(QStringLiteral("35,5")).problem, QStringLiteral("write a whole number"));
  EXPECT_EQ(typedWhole(QStringLiteral("x")).problem, QString());
}
