// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonArray>
#include <QString>
#include <QStringList>
#include <variant>
#include <vector>

namespace pimento {

// A table on its way out of the program: every verb and every export makes one and writes it in one of the formats
// below, so that they can not differ. An absent cell is empty in CSV, null in JSON and "n/a" for people.
using Cell = std::variant<std::monostate, QString, double, qint64>;

struct ReportTable {
  QStringList columns;  // machine names with units: "energy_uj"
  std::vector<std::vector<Cell>> rows;
  QStringList values =
      {};  // columns whose texts are values with their units ("34.99 µJ"): right-aligned as numbers are
};

// The same without some columns: what people need not see.
[[nodiscard]] ReportTable withoutColumns(const ReportTable &table, const QStringList &columns);

enum class TableFormat { Text, Csv, Json, Markdown, Latex, Html };

[[nodiscard]] QString toCsv(const ReportTable &table);      // full precision, C locale, RFC 4180 with \n
[[nodiscard]] QString toText(const ReportTable &table);     // aligned columns, four significant digits
[[nodiscard]] QJsonArray toJson(const ReportTable &table);  // one object a row
[[nodiscard]] QString toMarkdown(const ReportTable &table);
[[nodiscard]] QString toLatex(const ReportTable &table);  // booktabs
[[nodiscard]] QString toHtml(const ReportTable &table);
[[nodiscard]] QString write(const ReportTable &table, TableFormat format);

}  // namespace pimento
