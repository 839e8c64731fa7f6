// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "core/files/csv.h"

namespace pimento::test {

struct Output {
  int exitCode = -1;
  QByteArray out;
  QByteArray err;
};

// Runs the built program as a user would, without a display; waits up to a minute for its end.
[[nodiscard]] Output runPimento(const QStringList &arguments, const QString &directory = {});
[[nodiscard]] Output runProgram(const QString &program, const QStringList &arguments, const QString &directory = {});
[[nodiscard]] QString pimentoProgram();  // the path of the built one
[[nodiscard]] QString workerProgram();   // of pimento-learn beside it

// Runs it with --csv, expects success, and reads what it prints.
[[nodiscard]] CsvTable csvOf(QStringList arguments);

// The rows whose columns have the given values ("column=value").
[[nodiscard]] std::vector<std::size_t> rowsWhere(const CsvTable &table, const QStringList &conditions);

[[nodiscard]] QString field(const CsvTable &table, std::size_t row, const char *column);
[[nodiscard]] double number(const CsvTable &table, std::size_t row, const char *column);  // absent: NaN

// Expects exit code 2, nothing on standard output and one line on standard error that contains `part`.
void expectRefused(const QStringList &arguments, const char *part);
void expectRefusedBy(const QString &program, const QStringList &arguments, const char *part);

}  // namespace pimento::test
