// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/warning_level.h"
#include "core/files/csv.h"

namespace pimento {

enum class ColumnRole : std::uint8_t { Quantity, Point };  // Point: a column is a design point, and part of the source

// One table of a paper, cell by cell as printed. Cells are text, so that the printed digits are kept.
struct PaperTable {
  QString name;       // "deco-table3"
  QString place;      // "DECO, Table III"
  QString title;      // what it lists
  int keyColumns{};   // leading columns that name a row: "MobileNetV1 CM1"
  ColumnRole role{};  // of the other columns
  CsvTable cells;
};

// A remark on printed cells; `row` may hold one * that stands for anything, `column` may be *.
struct CellNote {
  QString badge;  // id of the claims in the audit that explain it: "deco-2"
  QString table, row, column;
  WarningLevel level = WarningLevel::Caution;  // a note where the number is right and only its name is not
  QString text;
};

// A printed cell that another value replaces, and why.
struct CellChange {
  QString table, row, column;
  QString text;     // the value used
  QString formula;  // how it follows
  QString badge;    // the note it answers
};

// Everything the two papers print, with remarks and changes. A value: tests and corrections work on copies.
struct PaperTables {
  std::vector<PaperTable> tables;
  std::vector<CellNote> notes;
  std::vector<CellChange> changes;
};

// A printed number and where it stands.
struct PrintedCell {
  QString text;
  double value = 0;
  Provenance from;
};

// The papers' tables as they are compiled into the program (resources/published).
[[nodiscard]] PaperTables paperTables();

// Throws Error naming the known tables.
[[nodiscard]] const PaperTable &tableNamed(const PaperTables &tables, const QString &name);

// Keys of the rows, as "VGG16 CM2".
[[nodiscard]] QStringList rowNames(const PaperTable &table);

// Text of a cell. Throws Error for an unknown table, row or column.
[[nodiscard]] QString cellText(const PaperTables &tables, const QString &table, const QString &row,
                               const QString &column);

// Number in a cell, times 10^exponent (taken in decimal: "0.83" with 6 is 830000 exactly). Published, or derived where
// a change replaced it; its warnings are the notes on it, each as "[badge] text", led by its
// level if that is a note.
[[nodiscard]] PrintedCell cell(const PaperTables &tables, const QString &table, const QString &row,
                               const QString &column, int exponent = 0);

// Writes another text into a cell. Throws as cellText.
void setCell(PaperTables &tables, const QString &table, const QString &row, const QString &column, const QString &text);

// Replaces a cell and remembers it, so that the value shows as derived and corrected.
void apply(PaperTables &tables, const CellChange &change);

// "2.241" → 2.241; "350x2" → 700. Throws Error naming the place.
[[nodiscard]] double printedNumber(const QString &text, const QString &place, int exponent = 0);

}  // namespace pimento
