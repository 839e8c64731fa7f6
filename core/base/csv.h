// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <vector>

namespace pimento {

// A CSV file as text: a header line and rows of the same number of fields. RFC 4180, UTF-8.
struct CsvTable {
  QStringList header;
  std::vector<QStringList> rows;
  std::vector<int> lines;  // line in the file on which each row begins, from 1

  // Index of a column; throws Error naming `place` and the columns there are.
  [[nodiscard]] qsizetype column(const QString &name, const QString &place) const;
};

struct CsvLimits {
  qsizetype bytes = 1 << 30;
  qsizetype columns = 200;
  qsizetype rows = 2'000'000;
  qsizetype fieldBytes = 1 << 16;
};

// Throws Error "place, line N: …" for malformed or oversized input.
[[nodiscard]] CsvTable readCsv(const QByteArray &data, const QString &place, const CsvLimits &limits = {});

// The same row by row, for files that are too large to hold as text: take(fields, line) is called for the header first
// and then for each row, all of them with as many fields. It may throw.
void forEachCsvRow(const QByteArray &data, const QString &place, const CsvLimits &limits,
                   const std::function<void(QStringList &&fields, int line)> &take);

// Number in a field, C locale; throws Error naming place, line and column. Absent (empty) is nullopt.
[[nodiscard]] std::optional<double> csvNumber(const CsvTable &table, std::size_t row, qsizetype column,
                                              const QString &place);
[[nodiscard]] std::optional<double> csvNumber(const QString &text, const QString &place, int line,
                                              const QString &column);

}  // namespace pimento
