// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/csv.h"

#include <csv.h>

#include <QStringDecoder>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr qsizetype PieceBytes = 1 << 16;
const QString NotUtf8 = QStringLiteral(" is not UTF-8 text");

struct Row {
  std::vector<QByteArray> fields;
  int line = 0;
};

// What all rows have to keep to, whoever takes them apart.
struct Rules {
  const CsvLimits &limits;
  qsizetype columns = 0;  // of the header; 0 before it
  qsizetype rows = 0;     // header included
  QString problem;        // the first one; the C parser can not be left by an exception

  [[nodiscard]] QString tooLong() const {
    return QStringLiteral("a field is longer than %1 bytes").arg(limits.fieldBytes);
  }

  // Of a field with so many before it in its row.
  bool accepts(QByteArrayView field, qsizetype before) {
    if (!problem.isEmpty()) return false;
    if (field.size() > limits.fieldBytes)
      problem = tooLong();
    else if (before == limits.columns)
      problem = QStringLiteral("more than %1 columns").arg(limits.columns);
    else if (!field.isValidUtf8())
      problem = QStringLiteral("field %1").arg(before + 1) + NotUtf8;
    return problem.isEmpty();
  }

  bool acceptsRow(qsizetype fields) {
    if (!problem.isEmpty()) return false;
    if (columns == 0) columns = fields;
    if (fields != columns)
      problem = QStringLiteral("%1 fields where the header has %2").arg(fields).arg(columns);
    else if (rows++ > limits.rows)
      problem = QStringLiteral("more than %1 rows").arg(limits.rows);
    return problem.isEmpty();
  }
};

// What libcsv finds.
struct Reader {
  Rules &rules;
  std::vector<QByteArray> row;  // the current one
  int line = 1;                 // on which it begins
  std::vector<Row> finished;    // since last taken
};

void onField(void *text, std::size_t size, void *user) {
  auto &reader = *static_cast<Reader *>(user);
  const QByteArrayView bytes(static_cast<const char *>(text), static_cast<qsizetype>(size));
  if (reader.rules.accepts(bytes, static_cast<qsizetype>(reader.row.size()))) reader.row.push_back(bytes.toByteArray());
}

void onRow(int, void *user) {
  auto &reader = *static_cast<Reader *>(user);
  if (reader.rules.acceptsRow(static_cast<qsizetype>(reader.row.size())))
    reader.finished.push_back({std::move(reader.row), reader.line});
  reader.row.clear();
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }

QByteArrayView withoutBlanks(QByteArrayView field) {
  while (!field.isEmpty() && isBlank(field.front())) field = field.sliced(1);
  while (!field.isEmpty() && isBlank(field.back())) field.chop(1);
  return field;
}

// Takes a line without quotes apart as libcsv does, which looks at every byte of it several times: blanks around a
// field do not count, and a line of blanks alone is none. Returns whether it is a row that keeps to the rules.
bool splitPlain(QByteArrayView line, Rules &rules, std::vector<QByteArrayView> &fields) {
  fields.clear();
  while (!line.isEmpty() && (line.back() == '\n' || line.back() == '\r')) line.chop(1);
  if (withoutBlanks(line).isEmpty()) return false;
  for (;;) {
    const auto *comma = static_cast<const char *>(std::memchr(line.data(), ',', static_cast<std::size_t>(line.size())));
    const QByteArrayView field = withoutBlanks(comma == nullptr ? line : line.first(comma - line.data()));
    if (!rules.accepts(field, static_cast<qsizetype>(fields.size()))) return false;
    fields.push_back(field);
    if (comma == nullptr) return rules.acceptsRow(static_cast<qsizetype>(fields.size()));
    line = line.sliced(comma + 1 - line.data());
  }
}

// A row has not begun: libcsv's first state.
bool isBetweenRows(const csv_parser &parser) { return parser.pstate == 0; }

// Where lines end, asked from the beginning on. The next line feed and carriage return are remembered: of a kind that
// the data does not have, or has far away, there is one search and not one a line.
class LineEnds {
 public:
  explicit LineEnds(const QByteArray &data) : m_data(data) {}

  // Behind the next line feed, carriage return or both; the end of the data if there is none.
  qsizetype after(qsizetype begin) {
    if (m_feed < begin) m_feed = find('\n', begin, m_data.size());
    if (m_return < begin) m_return = find('\r', begin, m_feed);
    if (m_return + 1 < m_feed) return m_return + 1;  // a return without a feed
    return std::min(m_feed + 1, m_data.size());
  }

 private:
  [[nodiscard]] qsizetype find(char c, qsizetype begin, qsizetype end) const {
    const auto *at =
        static_cast<const char *>(std::memchr(m_data.constData() + begin, c, static_cast<std::size_t>(end - begin)));
    return at == nullptr ? end : static_cast<qsizetype>(at - m_data.constData());
  }

  const QByteArray &m_data;
  qsizetype m_feed = -1;
  qsizetype m_return = -1;  // that before the feed; the feed's place if there is none
};

// The first line that is more than spaces.
QByteArray firstLine(const QByteArray &head) {
  for (const QByteArray &line : head.split('\n'))
    if (!line.trimmed().isEmpty()) return line;
  return {};
}

}  // namespace

void checkIsCsv(const QByteArray &head, const QString &place) {
  const QString remedy = QStringLiteral("save it as comma-separated values in UTF-8");
  if (head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff"))
    throw Error(place, QStringLiteral("is UTF-16 text"), remedy);
  if (head.contains('\0')) throw Error(place, QStringLiteral("is no text: it holds zero bytes"), remedy);
  const QByteArray line = firstLine(head);
  if (line.contains(',')) return;
  for (const auto &[sign, name] : {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}, std::pair{'|', "bars"}})
    if (line.contains(sign))
      throw Error(place + QStringLiteral(", line 1"),
                  QStringLiteral("its columns are separated by %1").arg(QLatin1String(name)),
                  QStringLiteral("save it with commas between columns, and points in numbers (34.99)"));
}

void forEachCsvRow(const QByteArray &data, const QString &place, const CsvLimits &limits,
                   const std::function<void(CsvFields fields, int line)> &take) {
  if (data.size() > limits.bytes)
    throw Error(place, QStringLiteral("larger than %1 MB").arg(limits.bytes >> 20), QStringLiteral("split the file"));
  Rules rules{limits, 0, 0, {}};
  Reader reader{rules, {}, 1, {}};
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw Error(place, QStringLiteral("no memory to read it"));
  const std::unique_ptr<csv_parser, decltype(&csv_free)> guard(&parser, &csv_free);
  const auto fail = [&](const QString &problem) {
    throw Error(QStringLiteral("%1, line %2").arg(place).arg(reader.line), problem,
                problem.endsWith(NotUtf8)
                    ? QStringLiteral("save the file with the encoding UTF-8")
                    : QStringLiteral("expected comma-separated values with a header line, quoted as in RFC 4180"));
  };
  std::vector<QByteArrayView> fields;
  const auto takeFinished = [&] {
    for (const Row &row : reader.finished) {
      fields.assign(row.fields.begin(), row.fields.end());
      take(fields, row.line);
    }
    reader.finished.clear();
    if (!rules.problem.isEmpty()) fail(rules.problem);
  };
  const auto parse = [&](QByteArrayView bytes, int line) {
    const auto size = static_cast<std::size_t>(bytes.size());
    if (csv_parse(&parser, bytes.data(), size, onField, onRow, &reader) != size) {
      reader.line = line;
      fail(QStringLiteral("malformed quotes"));
    }
    if (parser.entry_pos > static_cast<std::size_t>(limits.fieldBytes) && rules.problem.isEmpty())
      rules.problem = rules.tooLong();
    takeFinished();
  };
  // Line by line, so that a problem can name its line, and long lines in pieces, so that none is kept that is too long
  // for a field.
  qsizetype begin = data.startsWith("\xef\xbb\xbf") ? 3 : 0;
  int line = 1;
  bool whole = true;  // the piece before ended its line
  LineEnds lineEnds(data);
  while (begin < data.size()) {
    const qsizetype lineEnd = lineEnds.after(begin);
    const qsizetype end = std::min(lineEnd, begin + PieceBytes);
    const QByteArrayView bytes = QByteArrayView(data).sliced(begin, end - begin);
    if (whole && end == lineEnd && isBetweenRows(parser) && !bytes.contains('"')) {
      if (splitPlain(bytes, rules, fields)) take(fields, line);
      if (!rules.problem.isEmpty()) fail(rules.problem);
    } else {
      parse(bytes, line);
    }
    whole = end == lineEnd;
    if (whole) ++line;
    if (isBetweenRows(parser)) reader.line = line;
    begin = end;
  }
  if (csv_fini(&parser, onField, onRow, &reader) != 0) fail(QStringLiteral("a quoted field is not closed"));
  takeFinished();
  if (rules.rows == 0) fail(QStringLiteral("the file is empty"));
}

QString csvText(QByteArrayView field) {
  // Else Qt takes a byte order mark at the beginning away.
  QStringDecoder decode(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
  return field.startsWith("\xef") ? QString(decode(field)) : QString::fromUtf8(field);
}

CsvTable readCsv(const QByteArray &data, const QString &place, const CsvLimits &limits) {
  CsvTable table;
  forEachCsvRow(data, place, limits, [&](CsvFields fields, int line) {
    QStringList texts;
    texts.reserve(static_cast<qsizetype>(fields.size()));
    for (const QByteArrayView field : fields) texts << csvText(field);
    if (table.header.isEmpty()) {
      table.header = std::move(texts);
    } else {
      table.rows.push_back(std::move(texts));
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

std::optional<double> csvNumber(QByteArrayView field, const QString &place, int line, const QString &column) {
  if (field.isEmpty()) return std::nullopt;
  double value = 0;
  const char *end = field.data() + field.size();
  // As most files have it; Qt reads more (a plus before, say), each in some microseconds.
  const auto read = std::from_chars(field.data(), end, value);
  bool ok = read.ec == std::errc() && read.ptr == end;
  if (!ok) value = csvText(field).toDouble(&ok);
  if (!ok || !std::isfinite(value))
    throw Error(QStringLiteral("%1, line %2, column %3").arg(place).arg(line).arg(column),
                QStringLiteral("%1 is not a number").arg(quoted(csvText(field))),
                QStringLiteral("write it as in 34.99, or leave it empty"));
  return value;
}

std::optional<double> csvNumber(const CsvTable &table, std::size_t row, qsizetype column, const QString &place) {
  return csvNumber(table.rows[row][column].toUtf8(), place, table.lines[row], table.header[column]);
}

}  // namespace pimento
