// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

#include <csv.h>

#include <QStringDecoder>
#include <cmath>
#include <memory>
#include <optional>

#include "core/base/error.h"

namespace pimento {

namespace {

struct Row {
  QStringList fields;
  int line = 0;
};

struct Reader {
  const CsvLimits &limits;
  QStringList row;            // the current one
  int line = 1;               // on which it begins
  std::vector<Row> finished;  // since last taken
  qsizetype columns = 0;      // of the header; 0 before it
  qsizetype rows = 0;         // header included
  QString problem;            // the first one; the C parser can not be left by an exception
};

void onField(void *text, std::size_t size, void *user) {
  auto &reader = *static_cast<Reader *>(user);
  if (!reader.problem.isEmpty()) return;
  if (static_cast<qsizetype>(size) > reader.limits.fieldBytes) {
    reader.problem = QStringLiteral("a field is longer than %1 bytes").arg(reader.limits.fieldBytes);
    return;
  }
  if (reader.row.size() == reader.limits.columns) {
    reader.problem = QStringLiteral("more than %1 columns").arg(reader.limits.columns);
    return;
  }
  QStringDecoder decode(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
  reader.row << decode(QByteArrayView(static_cast<const char *>(text), static_cast<qsizetype>(size)));
  if (decode.hasError()) reader.problem = QStringLiteral("not UTF-8 text");
}

void onRow(int, void *user) {
  auto &reader = *static_cast<Reader *>(user);
  if (!reader.problem.isEmpty()) return;
  if (reader.columns == 0) reader.columns = reader.row.size();
  if (reader.row.size() != reader.columns)
    reader.problem = QStringLiteral("%1 fields where the header has %2").arg(reader.row.size()).arg(reader.columns);
  else if (reader.rows++ > reader.limits.rows)
    reader.problem = QStringLiteral("more than %1 rows").arg(reader.limits.rows);
  else
    reader.finished.push_back({std::move(reader.row), reader.line});
  reader.row.clear();
}

}  // namespace

void forEachCsvRow(const QByteArray &data, const QString &place, const CsvLimits &limits,
                   const std::function<void(QStringList &&fields, int line)> &take) {
  if (data.size() > limits.bytes)
    throw Error(place, QStringLiteral("larger than %1 MB").arg(limits.bytes >> 20), QStringLiteral("split the file"));
  Reader reader{limits, {}, 1, {}, 0, 0, {}};
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw Error(place, QStringLiteral("no memory to read it"));
  const std::unique_ptr<csv_parser, decltype(&csv_free)> guard(&parser, &csv_free);
  const auto fail = [&](const QString &problem) {
    throw Error(QStringLiteral("%1, line %2").arg(place).arg(reader.line), problem,
                QStringLiteral("expected comma-separated values with a header line, quoted as in RFC 4180"));
  };
  const auto takeFinished = [&] {
    for (Row &row : reader.finished) take(std::move(row.fields), row.line);
    reader.finished.clear();
    if (!reader.problem.isEmpty()) fail(reader.problem);
  };
  // Fed line by line, so that a problem can name its line.
  qsizetype begin = data.startsWith("\xef\xbb\xbf") ? 3 : 0;
  int line = 1;
  while (begin < data.size()) {
    qsizetype end = data.indexOf('\n', begin);
    end = end < 0 ? data.size() : end + 1;
    const auto size = static_cast<std::size_t>(end - begin);
    if (csv_parse(&parser, data.constData() + begin, size, onField, onRow, &reader) != size) {
      reader.line = line;
      fail(QStringLiteral("malformed quotes"));
    }
    takeFinished();
    ++line;
    if (reader.row.isEmpty()) reader.line = line;
    begin = end;
  }
  if (csv_fini(&parser, onField, onRow, &reader) != 0) fail(QStringLiteral("a quoted field is not closed"));
  takeFinished();
  if (reader.rows == 0) fail(QStringLiteral("the file is empty"));
}

CsvTable readCsv(const QByteArray &data, const QString &place, const CsvLimits &limits) {
  CsvTable table;
  forEachCsvRow(data, place, limits, [&](QStringList &&fields, int line) {
    if (table.header.isEmpty()) {
      table.header = std::move(fields);
    } else {
      table.rows.push_back(std::move(fields));
      table.lines.push_back(line);
    }
  });
  return table;
}

qsizetype CsvTable::column(const QString &name, const QString &place) const {
  const qsizetype i = header.indexOf(name);
  if (i < 0) throw Error(place, QStringLiteral("no column %1").arg(quoted(name)), knownWords(name, header.mid(0, 40)));
  return i;
}

std::optional<double> csvNumber(const QString &text, const QString &place, int line, const QString &column) {
  if (text.isEmpty()) return std::nullopt;
  bool ok = false;
  const double value = text.toDouble(&ok);
  if (!ok || !std::isfinite(value))
    throw Error(QStringLiteral("%1, line %2, column %3").arg(place).arg(line).arg(column),
                QStringLiteral("%1 is not a number").arg(quoted(text)),
                QStringLiteral("write it as in 34.99, or leave it empty"));
  return value;
}

std::optional<double> csvNumber(const CsvTable &table, std::size_t row, qsizetype column, const QString &place) {
  return csvNumber(table.rows[row][column], place, table.lines[row], table.header[column]);
}

}  // namespace pimento
