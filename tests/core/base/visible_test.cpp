// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/visible.h"

#include <gtest/gtest.h>

#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/error.h"
#include "core/base/report_table.h"

using namespace pimento;

TEST(Visible, writesSteeringCharactersOut) {
  EXPECT_EQ(visible(QStringLiteral("a\x1b[31mb\x07")), QStringLiteral("a\\x1b[31mb\\x07"));
  EXPECT_EQ(visible(QString(QChar(0x9b)) + QStringLiteral("2J")), QStringLiteral("\\x9b2J"));  // one-byte CSI
  EXPECT_EQ(visible(QStringLiteral("gpj.\u202egnp")), QStringLiteral("gpj.\\u202egnp"));
  EXPECT_EQ(visible(QStringLiteral("\r")), QStringLiteral("\\x0d"));
  EXPECT_EQ(visible(QStringLiteral("a\u061c.\u200b\u00ad\ufeff")), QStringLiteral("a\\u061c.\\u200b\\xad\\ufeff"));
  EXPECT_EQ(visible(QStringLiteral("a\U000e0041😀")), QStringLiteral("a\\U000e0041😀"));  // a tag: no width
  EXPECT_EQ(visible(QStringLiteral("ä µ\t\n😀")), QStringLiteral("ä µ\t\n😀"));
}

TEST(Visible, writesThemOutInJsonSoThatReadersGetTheSame) {
  const QJsonObject object{{QStringLiteral("file"), QStringLiteral("a\x1b[2J\u009b2J\x7f\u202egnp\n\t ä \"😀\"")}};
  const QByteArray line = visibleJson(QJsonDocument(object).toJson(QJsonDocument::Compact));
  for (const char byte : line) EXPECT_FALSE((byte >= 0 && byte < ' ') || byte == 0x7f) << static_cast<int>(byte);
  EXPECT_FALSE(QString::fromUtf8(line).contains(QChar(0x9b)) || QString::fromUtf8(line).contains(QChar(0x202e)));
  EXPECT_EQ(QJsonDocument::fromJson(line).object(), object);
  EXPECT_EQ(visibleJson("{\"a\":\"ä\"}\n"), "{\"a\":\"ä\"}\n");
}

TEST(Visible, isHowErrorsAndTablesShowThem) {
  const Error error(QStringLiteral("a\x1b]0;x\x07.csv"), QStringLiteral("two\nlines"));
  EXPECT_EQ(error.message(), QStringLiteral("a\\x1b]0;x\\x07.csv: two lines"));
  const ReportTable table{{QStringLiteral("name")}, {{QStringLiteral("a\x1b[2J\nb")}}};
  EXPECT_EQ(toText(table), QStringLiteral("name\na\\x1b[2J\\nb\n"));
  EXPECT_FALSE(toMarkdown(table).contains(QChar(0x1b)));
  EXPECT_FALSE(toHtml(table).contains(QChar(0x1b)));
  EXPECT_TRUE(toCsv(table).contains(QChar(0x1b))) << "for programs it is exact";
}
