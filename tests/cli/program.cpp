// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/program.h"

#include <gtest/gtest.h>

#include <QFileInfo>
#include <QProcess>
#include <cmath>
#include <limits>

namespace pimento::test {

QString pimentoProgram() { return QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(); }
QString workerProgram() { return pimentoProgram() + QStringLiteral("-learn"); }

Output runPimento(const QStringList &arguments, const QString &directory) {
  return runProgram(pimentoProgram(), arguments, directory);
}

Output runProgram(const QString &program, const QStringList &arguments, const QString &directory) {
  QProcess process;
  if (!directory.isEmpty()) process.setWorkingDirectory(directory);
  process.start(program, arguments);
  if (!process.waitForFinished(60'000)) {
    process.kill();
    process.waitForFinished();
    return {-1, process.readAllStandardOutput(), "did not end within a minute"};
  }
  const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
  return {code, process.readAllStandardOutput(), process.readAllStandardError()};
}

CsvTable csvOf(QStringList arguments) {
  const Output run = runPimento(arguments << QStringLiteral("--csv"));
  EXPECT_EQ(run.exitCode, 0) << arguments.join(QLatin1Char(' ')).toStdString() << "\n" << run.err.toStdString();
  return readCsv(run.out, arguments.join(QLatin1Char(' ')));
}

QString field(const CsvTable &table, std::size_t row, const char *column) {
  return table.rows[row][table.column(QString::fromLatin1(column), QStringLiteral("output"))];
}

double number(const CsvTable &table, std::size_t row, const char *column) {
  const auto value = csvNumber(table, row, table.column(QString::fromLatin1(column), QStringLiteral("output")),
                               QStringLiteral("output"));
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

std::vector<std::size_t> rowsWhere(const CsvTable &table, const QStringList &conditions) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    bool all = true;
    for (const QString &condition : conditions) {
      const qsizetype equals = condition.indexOf(QLatin1Char('='));
      all = all && field(table, row, condition.left(equals).toLatin1().constData()) == condition.mid(equals + 1);
    }
    if (all) rows.push_back(row);
  }
  return rows;
}

void expectRefused(const QStringList &arguments, const char *part) {
  expectRefusedBy(pimentoProgram(), arguments, part);
}

void expectRefusedBy(const QString &program, const QStringList &arguments, const char *part) {
  const Output run = runProgram(program, arguments);
  const std::string command = arguments.join(QLatin1Char(' ')).toStdString();
  EXPECT_EQ(run.exitCode, 2) << command << "\n" << run.err.toStdString();
  EXPECT_TRUE(run.out.isEmpty()) << command;
  EXPECT_EQ(run.err.count('\n'), 1) << command << "\n" << run.err.toStdString();
  EXPECT_TRUE(run.err.contains(part)) << command << "\n" << run.err.toStdString();
}

}  // namespace pimento::test
