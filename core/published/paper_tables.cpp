// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/paper_tables.h"

#include <QFile>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {

CsvTable readResource(const QString &name) {
  QFile file(QStringLiteral(":/published/%1.csv").arg(name));
  if (!file.open(QIODevice::ReadOnly)) throw Error(file.fileName(), QStringLiteral("is not part of this program"));
  return readCsv(file.readAll(), file.fileName());
}

PaperTable read(const char *name, const char *place, const char *title, int keyColumns, ColumnRole role) {
  const QString id = QString::fromLatin1(name);
  return {id,
          QString::fromUtf8(place),
          QString::fromUtf8(title),
          keyColumns,
          role,
          readResource(QString(id).replace(QLatin1Char('-'), QLatin1Char('_')))};
}

std::vector<CellNote> readNotes() {
  std::vector<CellNote> notes;
  for (const QStringList &row : readResource(QStringLiteral("notes")).rows)
    notes.push_back({row[0], row[1], row[2], row[3],
                     row[4] == levelName(WarningLevel::Note) ? WarningLevel::Note : WarningLevel::Caution, row[5]});
  return notes;
}

QString rowName(const PaperTable &table, std::size_t row) {
  return table.cells.rows[row].mid(0, table.keyColumns).join(QLatin1Char(' '));
}

struct Place {
  std::size_t row;
  qsizetype column;
};

Place find(const PaperTable &table, const QString &row, const QString &column) {
  const QStringList rows = rowNames(table);
  const qsizetype i = rows.indexOf(row);
  if (i < 0) throw Error(table.place, QStringLiteral("no row %1").arg(quoted(row)), knownWords(row, rows));
  return {static_cast<std::size_t>(i), table.cells.column(column, table.place)};
}

// One * stands for anything.
bool matches(const QString &pattern, const QString &text) {
  const qsizetype star = pattern.indexOf(QLatin1Char('*'));
  if (star < 0) return pattern == text;
  return text.size() >= pattern.size() - 1 && text.startsWith(QStringView(pattern).left(star)) &&
         text.endsWith(QStringView(pattern).mid(star + 1));
}

bool concerns(const CellNote &note, const QString &table, const QString &row, const QString &column) {
  return note.table == table && matches(note.row, row) && matches(note.column, column);
}

const CellChange *changeOf(const PaperTables &tables, const QString &table, const QString &row, const QString &column) {
  for (const CellChange &change : tables.changes)
    if (change.table == table && change.row == row && change.column == column) return &change;
  return nullptr;
}

QString published(WarningLevel level, const QString &badge, const QString &text) {
  const QString warning = QStringLiteral("[%1] %2").arg(badge, text);
  return level == WarningLevel::Note ? ledBy(level, warning) : warning;
}

Provenance provenanceOf(const PaperTables &tables, const PaperTable &table, const QString &row, const QString &column) {
  Provenance from{Kind::Published, table.place + QStringLiteral(", ") + row, {}, {}};
  if (table.role == ColumnRole::Point)
    from.source += QStringLiteral(", ") + QString(column).replace(QLatin1Char('_'), QLatin1Char(' '));
  const CellChange *change = changeOf(tables, table.name, row, column);
  for (const CellNote &note : tables.notes)
    if (concerns(note, table.name, row, column) && (change == nullptr || change->badge != note.badge))
      from.warnings << published(note.level, note.badge, note.text);
  if (change != nullptr) {
    from.kind = Kind::Derived;
    from.corrected = true;
    from.formula = change->formula;
    from.warnings << published(WarningLevel::Note, change->badge, QStringLiteral("corrected: ") + change->formula);
  }
  return from;
}

}  // namespace

PaperTables paperTables() {
  using enum ColumnRole;
  return {{read("deco-table1", "DECO, Table I", "specification of the network modules", 2, Quantity),
           read("deco-table2", "DECO, Table II", "accuracy (%) of independent and joint learning", 3, Point),
           read("deco-table3", "DECO, Table III", "execution time and power, GPU and PIM, CIFAR-100", 2, Quantity),
           read("dynamic-table1", "Dynamic-network paper, Table I", "accuracy (%) of ResNet20 on CIFAR-10", 2, Point),
           read("dynamic-table2", "Dynamic-network paper, Table II", "accuracy (%) of ResNet50 on ImageNet", 2, Point),
           read("dynamic-table3", "Dynamic-network paper, Table III", "accuracy (%) of ResNet18 on ImageNet", 2, Point),
           read("facts", "Facts", "what texts and figures of the papers state", 1, Quantity)},
          readNotes(),
          {}};
}

const PaperTable &tableNamed(const PaperTables &tables, const QString &name) {
  QStringList known;
  for (const PaperTable &table : tables.tables) {
    if (table.name == name) return table;
    known << table.name;
  }
  throw Error(QStringLiteral("published tables"), QStringLiteral("unknown table %1").arg(quoted(name)),
              knownWords(name, known));
}

QStringList rowNames(const PaperTable &table) {
  QStringList names;
  for (std::size_t row = 0; row < table.cells.rows.size(); ++row) names << rowName(table, row);
  return names;
}

QString cellText(const PaperTables &tables, const QString &table, const QString &row, const QString &column) {
  const PaperTable &paper = tableNamed(tables, table);
  const Place place = find(paper, row, column);
  return paper.cells.rows[place.row][place.column];
}

PrintedCell cell(const PaperTables &tables, const QString &table, const QString &row, const QString &column,
                 int exponent) {
  const QString text = cellText(tables, table, row, column);
  Provenance from = provenanceOf(tables, tableNamed(tables, table), row, column);
  const double value = printedNumber(text, from.source + QStringLiteral(", ") + column, exponent);
  return {text, value, std::move(from)};
}

void setCell(PaperTables &tables, const QString &table, const QString &row, const QString &column,
             const QString &text) {
  const PaperTable &paper = tableNamed(tables, table);
  const Place place = find(paper, row, column);
  auto &found = tables.tables[static_cast<std::size_t>(&paper - tables.tables.data())];
  found.cells.rows[place.row][place.column] = text;
}

void apply(PaperTables &tables, const CellChange &change) {
  setCell(tables, change.table, change.row, change.column, change.text);
  tables.changes.push_back(change);
}

double printedNumber(const QString &text, const QString &place, int exponent) {
  double value = 1;
  int power = exponent;
  for (const QString &factor : text.split(QLatin1Char('x'))) {
    bool ok = false;
    // Shifting the decimal point in the text gives the double nearest to the decimal; multiplying may not.
    value *= QStringLiteral("%1e%2").arg(factor).arg(power).toDouble(&ok);
    if (!ok || !std::isfinite(value)) throw Error(place, QStringLiteral("%1 is not a number").arg(quoted(text)));
    power = 0;
  }
  return value;
}

}  // namespace pimento
