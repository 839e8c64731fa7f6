// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/report_table.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("file.csv");

std::string errorOf(const QByteArray &data, const CsvLimits &limits = {}) {
  try {
    static_cast<void>(readCsv(data, Place, limits));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST(Csv, readsQuotesEmptyFieldsAndBothLineEndings) {
  const CsvTable table = readCsv(
      "\xef\xbb\xbf"
      "a,b\r\n1,\"x, \"\"y\"\"\"\n,z",
      Place);
  EXPECT_EQ(table.header, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0][1], QStringLiteral("x, \"y\""));
  EXPECT_EQ(table.lines[1], 3);
  EXPECT_EQ(csvNumber(table, 0, 0, Place), 1.0);
  EXPECT_FALSE(csvNumber(table, 1, 0, Place));
}

TEST(Csv, namesTheLineOfWhatIsWrong) {
  EXPECT_NE(errorOf("a,b\n1,2\n1,2,3\n").find("line 3: 3 fields where the header has 2"), std::string::npos);
  EXPECT_NE(errorOf("a,b\n1,\"2\n").find("not closed"), std::string::npos);
  EXPECT_NE(errorOf("a,b\n1,\"2\"x\n").find("line 2: malformed quotes"), std::string::npos);
  EXPECT_NE(errorOf("").find("empty"), std::string::npos);
  EXPECT_NE(errorOf("a\n\xff\xfe\n").find("not UTF-8"), std::string::npos);
  EXPECT_NE(errorOf("a\n1\n2\n3\n", {.rows = 2}).find("more than 2 rows"), std::string::npos);
  EXPECT_NE(errorOf("a,b,c\n", {.columns = 2}).find("more than 2 columns"), std::string::npos);
  EXPECT_NE(errorOf("aaaaaa\n", {.fieldBytes = 3}).find("longer than 3"), std::string::npos);
}

TEST(Csv, aReportOfAwkwardTextsReadsBackAsWritten) {
  const QStringList texts{QStringLiteral(" a"), QStringLiteral("b\t"), QString(), QStringLiteral("\"\r\n,"),
                          QStringLiteral("\uFEFF\uFEFFc")};
  for (const QString &header : texts) {
    ReportTable report{{header}, {}};
    for (const QString &text : texts) report.rows.push_back({text});
    const CsvTable table = readCsv(toCsv(report).toUtf8(), Place);
    EXPECT_EQ(table.header, QStringList(header));
    ASSERT_EQ(table.rows.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(table.rows[i][0], texts[static_cast<qsizetype>(i)]);
  }
}

TEST(Csv, aReportReadsBackAsWritten) {
  const ReportTable report{{QStringLiteral("name"), QStringLiteral("value")},
                           {{QStringLiteral("a,\"b\"\nc"), 0.1}, {Cell{}, 1e-300}, {QStringLiteral("µ"), 34.9914}}};
  const CsvTable table = readCsv(toCsv(report).toUtf8(), Place);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[0][0], std::get<QString>(report.rows[0][0]));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(csvNumber(table, i, 1, Place), std::get<double>(report.rows[i][1]));
}
