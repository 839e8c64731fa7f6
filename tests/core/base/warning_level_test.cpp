// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/warning_level.h"

#include <gtest/gtest.h>

using namespace pimento;

TEST(WarningLevel, isReadFromTheTextThatItLeads) {
  for (const WarningLevel level : {WarningLevel::Note, WarningLevel::Caution, WarningLevel::Invalid}) {
    const QString warning = ledBy(level, QStringLiteral("x: y"));
    EXPECT_EQ(levelOf(warning), level);
    EXPECT_EQ(withoutLevel(warning), QStringLiteral("x: y"));
  }
  EXPECT_EQ(levelOf(QStringLiteral("[T1] printed otherwise")), WarningLevel::Caution);
  EXPECT_EQ(withoutLevel(QStringLiteral("notes: many")), QStringLiteral("notes: many"));
}

TEST(WarningLevel, theWorstIsTheFirstOfTheHighest) {
  const QString note = QStringLiteral("note: a");
  const QString caution = QStringLiteral("caution: b");
  const QString invalid = QStringLiteral("invalid: c");
  EXPECT_EQ(worstAlarm({note, caution, QStringLiteral("caution: d")}), caution);
  EXPECT_EQ(worstAlarm({caution, invalid, QStringLiteral("invalid: e")}), invalid);
  EXPECT_TRUE(worstAlarm({note, QStringLiteral("[T1] printed otherwise")}).isEmpty());
  EXPECT_EQ(alarmCount({note, caution, invalid, QStringLiteral("[T1] printed otherwise")}), 3);
}
