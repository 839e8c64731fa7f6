// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/latex_table.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <limits>

#include "core/base/format.h"
#include "tests/core/base/hostile_names.h"

using namespace pimento;

namespace {

ReportTable costs() {
  return {{QStringLiteral("network"), QStringLiteral("scope"), QStringLiteral("energy"), QStringLiteral("params"),
           QStringLiteral("rate_pct"), QStringLiteral("ours")},
          {{QStringLiteral("a"), QStringLiteral("whole"), Measure{Metric::Energy, 34.9914},
            Measure{Metric::Params, 1.3e6}, 50.0, QStringLiteral("3 nJ")},
           {QStringLiteral("b"), QStringLiteral("whole"), Measure{Metric::Energy, 6.496e6}, Measure{Metric::Params, 20},
            Cell{}, QStringLiteral("4 nJ")},
           {QStringLiteral("c"), QStringLiteral("whole"), Measure{Metric::Energy, 1234}, Cell{}, 1e-9,
            QStringLiteral("5 nJ")}},
          {QStringLiteral("ours")}};
}

// Every hostile name in the first cell, in a column of numbers, in a header, a caption and a note.
ReportTable hostile() {
  ReportTable table{{QStringLiteral("[name]"), QStringLiteral("energy"), QStringLiteral("b%_#")}, {}};
  for (const QString &name : hostileNames())
    table.rows.push_back({name, Measure{Metric::Energy, 1.5}, name + QStringLiteral(" ") + name});
  table.title = QStringLiteral("* [of] \\hostile % names");
  table.columnMarks[QStringLiteral("energy")] = QStringLiteral("e");
  table.marks[{1, QStringLiteral("energy")}] = QStringLiteral("†");
  for (const QString &name : hostileNames()) table.notes.push_back({QStringLiteral("1"), name});
  return table;
}

// Compiles in a folder of its own, and says what pdfLaTeX complained about: errors, and boxes that are too wide.
QStringList complaints(const QString &document, const QString &included = {}) {
  const QTemporaryDir folder;
  const auto write = [&](const QString &name, const QString &text) {
    QFile file(folder.filePath(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
  };
  write(QStringLiteral("main.tex"), document);
  write(QStringLiteral("table.tex"), included);
  QProcess latex;
  latex.setWorkingDirectory(folder.path());
  latex.start(QStringLiteral("pdflatex"), {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("main.tex")});
  EXPECT_TRUE(latex.waitForFinished(60'000));
  QFile log(folder.filePath(QStringLiteral("main.log")));
  EXPECT_TRUE(log.open(QIODevice::ReadOnly));
  static const QRegularExpression bad(QStringLiteral("^(!|Overfull|LaTeX Warning: Float)"));
  QStringList found = QString::fromLatin1(log.readAll()).split(QLatin1Char('\n')).filter(bad);
  if (latex.exitCode() != 0 || !QFile::exists(folder.filePath(QStringLiteral("main.pdf"))))
    found << QStringLiteral("pdflatex gave no PDF");
  return found;
}

// TeX is too large to install for a test: its structure is checked everywhere, compiled where there is one.
bool canCompile() {
  if (QStandardPaths::findExecutable(QStringLiteral("pdflatex")).isEmpty()) return false;
  QProcess find;
  find.start(QStringLiteral("kpsewhich"), {QStringLiteral("siunitx.sty"), QStringLiteral("booktabs.sty")});
  return find.waitForFinished() && find.exitCode() == 0;
}

}  // namespace

TEST(LatexTable, saysWhatDividesByZeroAsOtherFormatsDo) {
  constexpr double None = std::numeric_limits<double>::quiet_NaN();
  constexpr double Endless = std::numeric_limits<double>::infinity();
  const ReportTable table{
      {QStringLiteral("ratio"), QStringLiteral("energy")},
      {{1.5, Measure{Metric::Energy, 2}}, {None, Measure{Metric::Energy, None}}, {Endless, Cell{}}}};
  EXPECT_EQ(latexTable(table).count(DividesByZero), 3) << latexTable(table).toStdString();
  EXPECT_EQ(toText(table).count(DividesByZero), 3);
}

TEST(LatexTable, hasOneUnitAColumnAndNumbersAtTheirPoints) {
  const QString latex = latexTable(costs());
  // 35 µJ, 1,234 µJ and 6.5 J are shortest in mJ.
  EXPECT_TRUE(latex.contains(QStringLiteral(
      "Network & {Energy (\\si{\\milli\\joule})} & {Params (\\num{e3})} & {Rate (\\si{\\percent})} & Ours \\\\")))
      << latex.toStdString();
  EXPECT_TRUE(latex.contains(QStringLiteral("a & 0.03499 & 1300 & 50 & 3 nJ \\\\\n"))) << latex.toStdString();
  EXPECT_TRUE(latex.contains(QStringLiteral("b & 6496 & 0.02 & {n/a} & 4 nJ \\\\\n")));
  EXPECT_TRUE(latex.contains(QStringLiteral("c & 1.234 & {n/a} & 1.000e-9 & 5 nJ \\\\\n")));
  EXPECT_TRUE(latex.contains(
      QStringLiteral("\\begin{tabular}{@{}lS[table-format=4.5]S[table-format=4.2]S[table-format=2.3e-1]r@{}}")));
}

TEST(LatexTable, saysOnceWhatEveryRowSays) {
  const QString latex = latexTable(costs());
  EXPECT_TRUE(latex.contains(QStringLiteral("All rows: scope whole.")));
  EXPECT_FALSE(latex.contains(QStringLiteral("Scope")));
  ReportTable one = costs();
  one.rows.resize(1);
  EXPECT_TRUE(latexTable(one).contains(QStringLiteral("a & whole & 34.99 & ")));
}

TEST(LatexTable, setsValuesOfSeveralMetricsEachWithItsUnit) {
  const ReportTable table{{QStringLiteral("metric"), QStringLiteral("a")},
                          {{QStringLiteral("Energy"), Measure{Metric::Energy, 1500}},
                           {QStringLiteral("Accuracy"), Measure{Metric::Accuracy, 53.82}}}};
  const QString latex = latexTable(table);
  EXPECT_TRUE(latex.contains(QStringLiteral("Energy & 1.5~mJ \\\\"))) << latex.toStdString();
  EXPECT_TRUE(latex.contains(QStringLiteral("Accuracy & 53.82~\\% \\\\"))) << latex.toStdString();
}

TEST(LatexTable, saysSourcesBelow) {
  ReportTable table{{QStringLiteral("name"), QStringLiteral("source")},
                    {{QStringLiteral("a"), QStringLiteral("P, Table I, a | Q, Table 2, x & y")},
                     {QStringLiteral("b"), QStringLiteral("P, Table I, b")}}};
  EXPECT_TRUE(
      latexTable(table).contains(QStringLiteral("Sources: P, Table I, a; Q, Table 2, x \\& y; P, Table I, b.")));
  EXPECT_FALSE(latexTable(table).contains(QStringLiteral("Source &")));
  for (int i = 0; i < 9; ++i) table.rows.push_back({QStringLiteral("c"), QStringLiteral("P, Table I, row %1").arg(i)});
  EXPECT_TRUE(latexTable(table).contains(QStringLiteral("Sources: P, Table I; Q, Table 2.")));
}

TEST(LatexTable, numbersMakeRoomForTheirMarks) {
  ReportTable table = costs();
  table.marks[{0, QStringLiteral("energy")}] = QStringLiteral("e†");
  table.columnMarks[QStringLiteral("params")] = QStringLiteral("d");
  table.notes = {{QStringLiteral("d"), QStringLiteral("derived")}};
  const QString latex = latexTable(table);
  EXPECT_TRUE(latex.contains(QStringLiteral("0.03499\\textsuperscript{e\\dag{}} &")));
  EXPECT_TRUE(latex.contains(QStringLiteral("table-space-text-post={\\textsuperscript{e\\dag{}}}")));
  EXPECT_TRUE(latex.contains(QStringLiteral("{Params (\\num{e3})\\textsuperscript{d}}")));
  EXPECT_TRUE(latex.contains(QStringLiteral("\\textsuperscript{d}\\,derived\\par")));
}

TEST(LatexTable, noRowBeginsWithAnArgument) {
  const QString latex = latexTable(hostile());
  EXPECT_FALSE(latex.contains(QRegularExpression(QStringLiteral("(\\\\\\\\|\\\\midrule)\\s*[\\[*(]"))));
  EXPECT_TRUE(latex.contains(QStringLiteral("\\midrule\n{}[0.5ex] & ")));
  EXPECT_TRUE(latex.contains(QStringLiteral("\\\\\n{}* & ")));
}

TEST(LatexTable, setsLongTablesInPartsOfAPage) {
  ReportTable table = costs();
  table.title = QStringLiteral("Costs");
  while (table.rows.size() < 100) table.rows.push_back(table.rows[table.rows.size() % 3]);
  const QString latex = latexTable(table);
  EXPECT_EQ(latex.count(QStringLiteral("\\begin{tabular}")), 3);
  EXPECT_EQ(latex.count(QStringLiteral("\\toprule")), 3);
  EXPECT_TRUE(latex.contains(QStringLiteral("Costs, part 3 of 3")));
  EXPECT_EQ(latex.count(QStringLiteral("nJ \\\\")), 100);
}

TEST(LatexTable, unitsAreThoseOfSiunitx) {
  EXPECT_EQ(latexUnit(QStringLiteral("µJ")), QStringLiteral("\\si{\\micro\\joule}"));
  EXPECT_EQ(latexUnit(QStringLiteral("mm²")), QStringLiteral("\\si{\\milli\\metre\\squared}"));
  EXPECT_EQ(latexUnit(QStringLiteral("m")), QStringLiteral("\\si{\\metre}"));
  EXPECT_EQ(latexUnit(QStringLiteral("%")), QStringLiteral("\\si{\\percent}"));
  EXPECT_EQ(latexUnit(QStringLiteral("#/s")), QStringLiteral("\\#/s"));
  EXPECT_EQ(latexUnit({}), QString());
}

TEST(LatexTable, compilesByItselfAndInOtherDocuments) {
  if (!canCompile()) GTEST_SKIP() << "no pdflatex with siunitx and booktabs here";
  ReportTable wide = hostile();
  for (int i = 0; i < 12; ++i) {
    wide.columns << QStringLiteral("extra_%1_um2").arg(i);
    for (auto &row : wide.rows) row.emplace_back(1234.5 * i);
  }
  EXPECT_EQ(complaints(latexDocument(wide)), QStringList());
  const QString paper = QStringLiteral(
      "\\documentclass{article}\\usepackage{booktabs,graphicx,siunitx}\\begin{document}\n"
      "Text.\\input{table}More.\\end{document}\n");
  EXPECT_EQ(complaints(paper, latexDocument(hostile())), QStringList());
}
