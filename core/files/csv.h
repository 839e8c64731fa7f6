// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <span>
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

// Throws Error if the beginning of a file shows that it is no table of this kind: zero bytes, the mark of UTF-16, or a
// header whose columns other characters than commas separate.
void checkIsCsv(const QByteArray &head, const QString &place);

// Throws Error "place, line N: …" for malformed or oversized input.
[[nodiscard]] CsvTable readCsv(const QByteArray &data, const QString &place, const CsvLimits &limits = {});

// Reads CSV row by row, where it is too large to hold as text: take(fields, line) is called for the header first
// and then for each row, all of them with as many fields. The fields are valid UTF-8 and last until take returns. It
// may throw.
using CsvFields = std::span<const QByteArrayView>;
void forEachCsvRow(const QByteArray &data, const QString &place, const CsvLimits &limits,
                   const std::function<void(CsvFields fields, int line)> &take);

// A field as text, byte order marks in it kept.
[[nodiscard]] QString csvText(QByteArrayView field);

// Number in a field, C locale; throws Error naming place, line and column. Absent (empty) is nullopt.
[[nodiscard]] std::optional<double> csvNumber(const CsvTable &table, std::size_t row, qsizetype column,
                                              const QString &place);
[[nodiscard]] std::optional<double> csvNumber(QByteArrayView field, const QString &place, int line,
                                              const QString &column);

}  // namespace pimento
