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

struct Reader {
  const QString &place;
  const CsvLimits &limits;
  CsvTable table;
  QStringList row;
  QString problem;  // the first one; the C parser can not be left by an exception
  int line = 1;     // line on which the current row begins
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
  QStringDecoder decode(QStringConverter::Utf8);
  reader.row << decode(QByteArrayView(static_cast<const char *>(text), static_cast<qsizetype>(size)));
  if (decode.hasError()) reader.problem = QStringLiteral("not UTF-8 text");
}

void onRow(int, void *user) {
  auto &reader = *static_cast<Reader *>(user);
  if (!reader.problem.isEmpty()) return;
  CsvTable &table = reader.table;
  if (table.header.isEmpty()) {
    table.header = std::move(reader.row);
  } else if (reader.row.size() != table.header.size()) {
    reader.problem =
        QStringLiteral("%1 fields where the header has %2").arg(reader.row.size()).arg(table.header.size());
  } else if (static_cast<qsizetype>(table.rows.size()) == reader.limits.rows) {
    reader.problem = QStringLiteral("more than %1 rows").arg(reader.limits.rows);
  } else {
    table.rows.push_back(std::move(reader.row));
    table.lines.push_back(reader.line);
  }
  reader.row.clear();
}

}  // namespace

CsvTable readCsv(const QByteArray &data, const QString &place, const CsvLimits &limits) {
  if (data.size() > limits.bytes)
    throw Error(place, QStringLiteral("larger than %1 MB").arg(limits.bytes >> 20), QStringLiteral("split the file"));
  Reader reader{place, limits, {}, {}, {}, 1};
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw Error(place, QStringLiteral("no memory to read it"));
  const std::unique_ptr<csv_parser, decltype(&csv_free)> guard(&parser, &csv_free);
  const auto fail = [&](const QString &problem) {
    throw Error(QStringLiteral("%1, line %2").arg(place).arg(reader.line), problem,
                QStringLiteral("expected comma-separated values with a header line, quoted as in RFC 4180"));
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
    if (!reader.problem.isEmpty()) fail(reader.problem);
    ++line;
    if (reader.row.isEmpty()) reader.line = line;
    begin = end;
  }
  if (csv_fini(&parser, onField, onRow, &reader) != 0) fail(QStringLiteral("a quoted field is not closed"));
  if (!reader.problem.isEmpty()) fail(reader.problem);
  if (reader.table.header.isEmpty()) fail(QStringLiteral("the file is empty"));
  return std::move(reader.table);
}

qsizetype CsvTable::column(const QString &name, const QString &place) const {
  const qsizetype i = header.indexOf(name);
  if (i < 0) throw Error(place, QStringLiteral("no column %1").arg(quoted(name)), knownWords(name, header.mid(0, 40)));
  return i;
}

std::optional<double> csvNumber(const CsvTable &table, std::size_t row, qsizetype column, const QString &place) {
  const QString &text = table.rows[row][column];
  if (text.isEmpty()) return std::nullopt;
  bool ok = false;
  const double value = text.toDouble(&ok);
  if (!ok || !std::isfinite(value))
    throw Error(QStringLiteral("%1, line %2, column %3").arg(place).arg(table.lines[row]).arg(table.header[column]),
                QStringLiteral("%1 is not a number").arg(quoted(text)),
                QStringLiteral("write it as in 34.99, or leave it empty"));
  return value;
}

}  // namespace pimento
