// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonArray>
#include <QString>
#include <QStringList>
#include <map>
#include <variant>
#include <vector>

#include "core/base/metric.h"

namespace pimento {

// A value of a metric, in the metric's unit: people read it with an SI prefix, or in one unit a column.
struct Measure {
  Metric metric{};
  double value = 0;
  bool operator==(const Measure &) const = default;
};

// A table on its way out of the program: every verb and every export makes one and writes it in one of the formats
// below, so that they can not differ. An absent cell is empty in CSV, null in JSON and "n/a" for people, and so is
// a ratio that divides by zero, which says that it does.
using Cell = std::variant<std::monostate, QString, double, qint64, Measure>;

// A line below a table. Its mark, if it has one, stands raised behind what it explains: "e" behind estimated values.
struct TableNote {
  QString mark;
  QString text;
  bool operator==(const TableNote &) const = default;
};

struct ReportTable {
  QStringList columns;  // machine names with units: "energy_uj"
  std::vector<std::vector<Cell>> rows;
  QStringList values =
      {};              // columns whose texts are values with their units ("34.99 µJ"): right-aligned as numbers are
  QString title = {};  // a LaTeX table's caption

  // Explanations of cells and of whole columns, for people alone; programs have columns of their own for them.
  std::vector<TableNote> notes = {};
  std::map<std::pair<std::size_t, QString>, QString> marks = {};  // by row and column: "e†"
  std::map<QString, QString> columnMarks = {};
};

// A table without these columns, for people who need not see them.
[[nodiscard]] ReportTable withoutColumns(const ReportTable &table, const QStringList &columns);

enum class TableFormat { Text, Csv, Json, Markdown, Latex, Html };

[[nodiscard]] QString toCsv(const ReportTable &table);      // full precision, C locale, RFC 4180 with \n
[[nodiscard]] QString toTabs(const ReportTable &table);     // the same between tabs, as spreadsheets are pasted from
[[nodiscard]] QString toText(const ReportTable &table);     // aligned columns, four significant digits; notes below
[[nodiscard]] QJsonArray toJson(const ReportTable &table);  // one object a row
[[nodiscard]] QString toMarkdown(const ReportTable &table);
[[nodiscard]] QString toHtml(const ReportTable &table);
[[nodiscard]] QString toLatex(const ReportTable &table);  // see latex_table.h
[[nodiscard]] QString write(const ReportTable &table, TableFormat format);

// A table as a file of its own: a page of HTML, a LaTeX document that other documents can \input.
[[nodiscard]] QString writeFile(const ReportTable &table, TableFormat format);

// For the writers of formats: a cell as people read it; which columns stand right, since every present cell is a number
// or a value with its unit; and the mark of a cell, empty if it has none.
[[nodiscard]] QString shortText(const Cell &cell);
[[nodiscard]] std::vector<bool> numericColumns(const ReportTable &table);
[[nodiscard]] QString markOf(const ReportTable &table, std::size_t row, std::size_t column);
[[nodiscard]] QString markOfColumn(const ReportTable &table, std::size_t column);

}  // namespace pimento
