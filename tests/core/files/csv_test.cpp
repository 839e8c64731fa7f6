// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/csv.h"

#include <gtest/gtest.h>

#include <ctime>
#include <random>

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

TEST(Csv, textsThatAreNotUtf8AreRefusedWithTheirLine) {
  // Latin-1: the last letter of a field, in its middle, and before a quote.
  for (const QByteArray row : {"caf\xe9,1", "1,caf\xe9", "caf\xe9s,1", "\"caf\xe9\",1", "1,\"\xc3\""}) {
    const std::string error = errorOf("a,b\n1,2\n" + row + "\n3,4\n");
    EXPECT_NE(error.find("line 3: field "), std::string::npos) << row.toStdString() << ": " << error;
    EXPECT_NE(error.find("is not UTF-8"), std::string::npos) << error;
  }
  EXPECT_EQ(errorOf("a\n\"caf\xc3\xa9\"\n"), "");
}

TEST(Csv, filesOfReturnsAreReadAsFastAsOthers) {
  constexpr int Rows = 400'000;
  const auto seconds = [&](const QByteArray &lineEnd) {
    const QByteArray data = "a,b" + lineEnd + QByteArray("1,2" + lineEnd).repeated(Rows);
    const std::clock_t start = std::clock();
    int rows = -1;  // the header
    forEachCsvRow(data, Place, {}, [&](CsvFields, int) { ++rows; });
    EXPECT_EQ(rows, Rows);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  EXPECT_LT(seconds("\r"), 10 * seconds("\n") + 0.5);
}

TEST(Csv, countsTheLinesInsideFields) {
  const CsvTable table = readCsv("a,b\n\"1\n2\n3\",x\n\"4\",\"y\nz\"\n\n5,6\n", Place);
  EXPECT_EQ(table.lines, (std::vector<int>{2, 5, 8}));
  EXPECT_NE(errorOf("a,b\n\"1\n2\n3\",x,y\n").find("line 2: 3 fields"), std::string::npos);
  EXPECT_NE(errorOf("a,b\n\"1\n2\",x\n7,8,9\n").find("line 4: 3 fields"), std::string::npos);
  EXPECT_EQ(readCsv("a\r1\r2\r", Place).lines, (std::vector<int>{2, 3})) << "returns without feeds";
  EXPECT_EQ(readCsv("a\r\n1\r\n2\r\n", Place).lines, (std::vector<int>{2, 3}));
}

TEST(Csv, aFieldWithoutAnEndIsNotKept) {
  const CsvLimits limits{.fieldBytes = 1 << 16};
  EXPECT_NE(errorOf("a\n\"" + QByteArray(100 << 20, 'x'), limits).find("line 2: a field is longer than 65536 bytes"),
            std::string::npos);
  EXPECT_NE(errorOf("a\n\"" + QByteArray(1 << 20, '\n'), limits).find("a field is longer"), std::string::npos);
}

TEST(Csv, saysWhatAFileIsInstead) {
  const auto refused = [](const QByteArray &head) {
    try {
      checkIsCsv(head, Place);
    } catch (const Error &error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(
      refused("network;variant;energy_uj\nn;v;1,5\n"),
      "file.csv, line 1: its columns are separated by semicolons; save it with commas between columns, and points "
      "in numbers (34.99)");
  EXPECT_NE(refused("\xef\xbb\xbf\"network\"\t\"variant\"\n").find("separated by tabs"), std::string::npos);
  EXPECT_NE(refused(QByteArray("\xff\xfen\0e\0", 6)).find("UTF-16"), std::string::npos);
  EXPECT_NE(refused(QByteArray("a,b\n\0\0", 6)).find("zero bytes"), std::string::npos);
  EXPECT_EQ(refused("network,variant\nn;v,1\n"), "");
  EXPECT_EQ(refused("one\n1\n"), "");
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

// A line with a quote in it is libcsv's; one without is split by this program's own code, to the same fields.
TEST(Csv, linesWithoutQuotesAreReadAsLibcsvReadsThem) {
  std::mt19937 random(1);
  const std::vector<QByteArray> parts{"",  " ", "\t",  "a", "0.5", " b c\t", "\xc3\xa9", "\xef\xbb\xbfx",
                                      "'", ";", "\x01"};
  const std::vector<QByteArray> ends{"\n", "\r\n", "\r", "\n\n", "\n \t\n", "\r\r\n"};
  for (int file = 0; file < 300; ++file) {
    QByteArray plain = "h,i,q\n";
    QByteArray quoted = "h,i,\"q\"\n";
    for (int row = 0; row < 6; ++row) {
      QByteArray line;
      for (int field = 0; field < 2; ++field)
        line += parts[random() % parts.size()] + parts[random() % parts.size()] + ',';
      const QByteArray end = ends[random() % ends.size()];
      plain += line + "q" + end;
      quoted += line + "\"q\"" + end;
    }
    const CsvTable own = readCsv(plain, Place);
    const CsvTable theirs = readCsv(quoted, Place);
    EXPECT_EQ(own.rows, theirs.rows) << plain.toStdString();
    EXPECT_EQ(own.lines, theirs.lines) << plain.toStdString();
  }
}

TEST(Csv, numbersAreReadInEveryFormThatQtReads) {
  for (const char *text : {"1", "-0", "+2.5", "1e-3", "1E5", ".5", "5.", "0.1000000000000000055511151231257827",
                           "123456789012345678901234567890", "4.9e-324"})
    EXPECT_EQ(csvNumber(QByteArrayView(text), Place, 1, Place), QString::fromLatin1(text).toDouble()) << text;
  for (const char *text : {"0x10", "1,5", "1 2", "nan", "inf", "-infinity", "1e999", "e5", "\xd9\xa1", "1.5x"})
    EXPECT_THROW(static_cast<void>(csvNumber(QByteArrayView(text), Place, 1, Place)), Error) << text;
}

TEST(Csv, aReportReadsBackAsWritten) {
  const ReportTable report{{QStringLiteral("name"), QStringLiteral("value")},
                           {{QStringLiteral("a,\"b\"\nc"), 0.1}, {Cell{}, 1e-300}, {QStringLiteral("µ"), 34.9914}}};
  const CsvTable table = readCsv(toCsv(report).toUtf8(), Place);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[0][0], std::get<QString>(report.rows[0][0]));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(csvNumber(table, i, 1, Place), std::get<double>(report.rows[i][1]));
}
