// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/escaping.h"

#include <gtest/gtest.h>

#include <QXmlStreamReader>

#include "core/base/column_heading.h"
#include "core/files/csv.h"
#include "tests/core/base/hostile_names.h"

using namespace pimento;

TEST(Escaping, latexTakesNoTextForAnArgumentOfTheCommandBeforeIt) {
  // After "\\" LaTeX looks for a star and a bracket, whatever spaces lie between, and after \midrule for a bracket.
  EXPECT_EQ(latexEscaped(QStringLiteral("[b]")), QStringLiteral("{}[b]"));
  EXPECT_EQ(latexEscaped(QStringLiteral("*")), QStringLiteral("{}*"));
  EXPECT_EQ(latexEscaped(QStringLiteral("\n [b]")), QStringLiteral("  {}[b]"));
  EXPECT_EQ(latexEscaped(QStringLiteral("a[b]*")), QStringLiteral("a[b]*"));
}

TEST(Escaping, latexHasACommandOrANameForEveryCharacter) {
  EXPECT_EQ(latexEscaped(QStringLiteral("\\{}")), QStringLiteral("\\textbackslash{}\\{\\}"));
  EXPECT_EQ(latexEscaped(QStringLiteral("a--b")), QStringLiteral("a-{}-b"));
  EXPECT_EQ(latexEscaped(QStringLiteral("é ß µ −")), QStringLiteral("\\'{e} \\ss{} \\textmu{} \\ensuremath{-}"));
  EXPECT_EQ(latexEscaped(QStringLiteral("中😀")), QStringLiteral("\\pimentochar{4E2D}\\pimentochar{1F600}"));
  for (const QString &name : hostileNames())
    for (const QChar c : latexEscaped(name)) EXPECT_TRUE(c.unicode() >= 0x20 && c.unicode() < 0x7f) << qPrintable(name);
}

TEST(Escaping, markdownKeepsACellOnItsLineAndFreeOfMarkup) {
  EXPECT_EQ(markdownEscaped(QStringLiteral("a\r\nb\nc\rd")), QStringLiteral("a<br>b<br>c<br>d"));
  EXPECT_EQ(markdownEscaped(QStringLiteral("\\|")), QStringLiteral("\\\\\\|"));
  EXPECT_EQ(markdownEscaped(QStringLiteral("<img src=x>")), QStringLiteral("&lt;img src=x&gt;"));
  EXPECT_EQ(markdownEscaped(QStringLiteral("*a* _b_ `c` [d](e) ~~f~~")),
            QStringLiteral("\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~\\~f\\~\\~"));
  EXPECT_EQ(markdownEscaped(QStringLiteral("accuracy_pct")), QStringLiteral("accuracy_pct"));
}

TEST(Escaping, htmlGivesBackWhatTheNameIs) {
  for (const QString &name : hostileNames()) {
    QXmlStreamReader page(
        QStringLiteral("<p>%1</p>").arg(htmlEscaped(name).replace(QStringLiteral("<br>"), QStringLiteral("\n"))));
    ASSERT_TRUE(page.readNextStartElement()) << qPrintable(name);
    QString plain = name;
    plain.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
    for (QChar &c : plain)
      if (c != u'\n' && (c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0))) c = u' ';
    EXPECT_EQ(page.readElementText(), plain) << qPrintable(page.errorString());
  }
}

TEST(Escaping, csvGivesBackWhatTheNameIs) {
  for (const QString &name : hostileNames()) {
    const QString file = QStringLiteral("a,b\n") + csvEscaped(name) + QStringLiteral(",x\n");
    EXPECT_EQ(readCsv(file.toUtf8(), QStringLiteral("f")).rows.at(0).at(0), name);
  }
}

TEST(ColumnHeading, takesTheUnitFromTheName) {
  const auto text = [](const char *name) {
    const auto [title, unit] = columnHeading(QString::fromLatin1(name));
    return title + QLatin1Char('/') + unit;
  };
  EXPECT_EQ(text("energy_uj"), QStringLiteral("energy/µJ"));
  EXPECT_EQ(text("area_mm2"), QStringLiteral("area/mm²"));
  EXPECT_EQ(text("bits_w"), QStringLiteral("weight bits/"));
  EXPECT_EQ(text("images_per_s"), QStringLiteral("images per s/"));
  EXPECT_EQ(text("w"), QStringLiteral("w/"));
  EXPECT_EQ(text("variant"), QStringLiteral("variant/"));
}
