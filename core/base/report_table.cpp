// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/report_table.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

#include "core/base/escaping.h"
#include "core/base/format.h"
#include "core/base/latex_table.h"
#include "core/base/visible.h"

namespace pimento {

namespace {

std::optional<double> numberOf(const Cell &cell) {
  if (const auto *number = std::get_if<double>(&cell)) return *number;
  if (const auto *measure = std::get_if<Measure>(&cell)) return measure->value;
  return std::nullopt;
}

QString exactText(const Cell &cell) {
  if (const auto *text = std::get_if<QString>(&cell)) return *text;
  if (const auto *count = std::get_if<qint64>(&cell)) return QString::number(*count);
  const auto number = numberOf(cell);
  return number && std::isfinite(*number) ? exactNumber(*number) : QString();
}

// A lone empty field is quoted: an empty line would be no row at all.
QString csvLine(const QString &fields) {
  return (fields.isEmpty() ? QStringLiteral("\"\"") : fields) + QLatin1Char('\n');
}

// Fields of a table in the words of a format, which raises marks its own way.
template <class Escape>
QString marked(const QString &text, const QString &mark, Escape escape) {
  return escape(text) + (mark.isEmpty() ? QString() : QStringLiteral("<sup>%1</sup>").arg(escape(mark)));
}

std::size_t columnsOf(const ReportTable &table) { return static_cast<std::size_t>(table.columns.size()); }

}  // namespace

QString shortText(const Cell &cell) {
  if (std::holds_alternative<std::monostate>(cell)) return QStringLiteral("n/a");
  const auto value = numberOf(cell);
  if (value && !std::isfinite(*value)) return DividesByZero;  // nothing else gives a table such a number
  if (const auto *number = std::get_if<double>(&cell)) return fourDigits(*number);
  if (const auto *count = std::get_if<qint64>(&cell)) return grouped(*count);
  if (const auto *measure = std::get_if<Measure>(&cell)) return shortValue(measure->metric, measure->value);
  return visible(std::get<QString>(cell));
}

std::vector<bool> numericColumns(const ReportTable &table) {
  std::vector<bool> numeric(columnsOf(table), !table.rows.empty());
  for (const auto &row : table.rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (std::holds_alternative<QString>(row[i]))
        numeric[i] = table.values.contains(table.columns[static_cast<qsizetype>(i)]);
  return numeric;
}

QString markOf(const ReportTable &table, std::size_t row, std::size_t column) {
  const auto mark = table.marks.find({row, table.columns[static_cast<qsizetype>(column)]});
  return mark == table.marks.end() ? QString() : mark->second;
}

QString markOfColumn(const ReportTable &table, std::size_t column) {
  const auto mark = table.columnMarks.find(table.columns[static_cast<qsizetype>(column)]);
  return mark == table.columnMarks.end() ? QString() : mark->second;
}

ReportTable withoutColumns(const ReportTable &table, const QStringList &columns) {
  ReportTable rest = table;
  rest.columns.clear();
  rest.values.clear();
  rest.rows.assign(table.rows.size(), {});
  for (qsizetype c = 0; c < table.columns.size(); ++c) {
    if (columns.contains(table.columns[c])) continue;
    rest.columns << table.columns[c];
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      rest.rows[r].push_back(table.rows[r][static_cast<std::size_t>(c)]);
  }
  for (const QString &value : table.values)
    if (!columns.contains(value)) rest.values << value;
  std::erase_if(rest.marks, [&](const auto &mark) { return columns.contains(mark.first.second); });
  std::erase_if(rest.columnMarks, [&](const auto &mark) { return columns.contains(mark.first); });
  return rest;
}

QString toCsv(const ReportTable &table) {
  QStringList head;
  for (const QString &name : table.columns) head << csvEscaped(name);
  QString out = csvLine(head.join(QLatin1Char(',')));
  for (const auto &row : table.rows) {
    QStringList fields;
    for (const Cell &cell : row) fields << csvEscaped(exactText(cell));
    out += csvLine(fields.join(QLatin1Char(',')));
  }
  return out;
}

QString toTabs(const ReportTable &table) {
  QStringList head;
  for (const QString &name : table.columns) head << tabsEscaped(name);
  QString out = head.join(QLatin1Char('\t')) + QLatin1Char('\n');
  for (const auto &row : table.rows) {
    QStringList fields;
    for (const Cell &cell : row) fields << tabsEscaped(exactText(cell));
    out += fields.join(QLatin1Char('\t')) + QLatin1Char('\n');
  }
  return out;
}

QJsonArray toJson(const ReportTable &table) {
  QJsonArray rows;
  for (const auto &row : table.rows) {
    QJsonObject object;
    for (std::size_t i = 0; i < row.size(); ++i) {
      QJsonValue value = QJsonValue::Null;
      if (const auto *text = std::get_if<QString>(&row[i])) value = *text;
      if (const auto number = numberOf(row[i]); number && std::isfinite(*number)) value = *number;
      if (const auto *count = std::get_if<qint64>(&row[i])) value = *count;
      object.insert(table.columns[static_cast<qsizetype>(i)], value);
    }
    rows.append(object);
  }
  return rows;
}

QString toMarkdown(const ReportTable &table) {
  const auto line = [&](auto field) {
    QStringList fields;
    for (std::size_t c = 0; c < columnsOf(table); ++c) fields << field(c);
    return QStringLiteral("| ") + fields.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
  };
  QString out = line([&](std::size_t c) {
    return marked(table.columns[static_cast<qsizetype>(c)], markOfColumn(table, c), markdownEscaped);
  });
  out += QLatin1Char('|');
  for (const bool numeric : numericColumns(table)) out += numeric ? QStringLiteral("---:|") : QStringLiteral("---|");
  out += QLatin1Char('\n');
  for (std::size_t r = 0; r < table.rows.size(); ++r)
    out +=
        line([&](std::size_t c) { return marked(shortText(table.rows[r][c]), markOf(table, r, c), markdownEscaped); });
  if (!table.notes.empty()) out += QLatin1Char('\n');
  for (const TableNote &note : table.notes)
    out += QStringLiteral("- ") + marked({}, note.mark, markdownEscaped) +
           (note.mark.isEmpty() ? QString() : QStringLiteral(" ")) + markdownEscaped(note.text) + QLatin1Char('\n');
  return out;
}

QString toHtml(const ReportTable &table) {
  const auto numeric = numericColumns(table);
  const auto field = [&](const char *tag, std::size_t column, const QString &text, const QString &mark) {
    const QString name = QString::fromLatin1(tag);
    const QString align = numeric[column] ? QStringLiteral(" align=\"right\"") : QString();
    return QStringLiteral("<") + name + align + QLatin1Char('>') + marked(text, mark, htmlEscaped) +
           QStringLiteral("</") + name + QLatin1Char('>');
  };
  QString out = QStringLiteral("<table>\n<thead><tr>");
  for (std::size_t c = 0; c < numeric.size(); ++c)
    out += field("th", c, table.columns[static_cast<qsizetype>(c)], markOfColumn(table, c));
  out += QStringLiteral("</tr></thead>\n<tbody>\n");
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    out += QStringLiteral("<tr>");
    for (std::size_t c = 0; c < numeric.size(); ++c)
      out += field("td", c, shortText(table.rows[r][c]), markOf(table, r, c));
    out += QStringLiteral("</tr>\n");
  }
  out += QStringLiteral("</tbody>\n");
  if (!table.notes.empty()) out += QStringLiteral("<tfoot>\n");
  for (const TableNote &note : table.notes)
    out += QStringLiteral("<tr><td colspan=\"%1\"><small>").arg(numeric.size()) + marked({}, note.mark, htmlEscaped) +
           (note.mark.isEmpty() ? QString() : QStringLiteral(" ")) + htmlEscaped(note.text) +
           QStringLiteral("</small></td></tr>\n");
  return out + (table.notes.empty() ? QString() : QStringLiteral("</tfoot>\n")) + QStringLiteral("</table>\n");
}

namespace {

// Browsers take a page without a charset for one of the last century's.
QString htmlPage(const ReportTable &table) {
  const QString title = table.title.isEmpty() ? QStringLiteral("Table") : table.title;
  return QStringLiteral("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>") + htmlEscaped(title) +
         QStringLiteral("</title></head>\n<body>\n") + toHtml(table) + QStringLiteral("</body>\n</html>\n");
}

}  // namespace

QString write(const ReportTable &table, TableFormat format) {
  switch (format) {
    case TableFormat::Text:
      return toText(table);
    case TableFormat::Csv:
      return toCsv(table);
    case TableFormat::Json:
      return QString::fromUtf8(QJsonDocument(toJson(table)).toJson());
    case TableFormat::Markdown:
      return toMarkdown(table);
    case TableFormat::Latex:
      return toLatex(table);
    case TableFormat::Html:
      return toHtml(table);
  }
  return {};
}

QString writeFile(const ReportTable &table, TableFormat format) {
  if (format == TableFormat::Html) return htmlPage(table);
  if (format == TableFormat::Latex) return latexDocument(table);
  return write(table, format);
}

}  // namespace pimento
