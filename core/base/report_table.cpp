// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/report_table.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

#include "core/base/format.h"

namespace pimento {

namespace {

QString exactText(const Cell &cell) {
  if (const auto *text = std::get_if<QString>(&cell)) return *text;
  if (const auto *number = std::get_if<double>(&cell)) return exactNumber(*number);
  if (const auto *count = std::get_if<qint64>(&cell)) return QString::number(*count);
  return {};
}

QString shortText(const Cell &cell) {
  if (std::holds_alternative<std::monostate>(cell)) return QStringLiteral("n/a");
  if (const auto *number = std::get_if<double>(&cell)) return fourDigits(*number);
  if (const auto *count = std::get_if<qint64>(&cell)) return grouped(*count);
  return std::get<QString>(cell);
}

QString csvField(QString text) {
  // Readers may drop spaces around a field that is not quoted, and a byte order mark at the beginning.
  const bool quote =
      text != text.trimmed() || text.startsWith(QChar::ByteOrderMark) ||
      std::any_of(text.begin(), text.end(), [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
  if (!quote) return text;
  return QLatin1Char('"') + text.replace(QStringLiteral("\""), QStringLiteral("\"\"")) + QLatin1Char('"');
}

// A lone empty field is quoted: an empty line would be no row at all.
QString csvLine(const QString &fields) {
  return (fields.isEmpty() ? QStringLiteral("\"\"") : fields) + QLatin1Char('\n');
}

QString latexField(const QString &text) {
  QString out;
  for (const QChar c : text) {
    if (QStringLiteral("&%$#_{}").contains(c)) out += QLatin1Char('\\');
    if (c == u'\\')
      out += QStringLiteral("\\textbackslash{}");
    else if (c == u'~')
      out += QStringLiteral("\\textasciitilde{}");
    else if (c == u'|')
      out += QStringLiteral("\\textbar{}");
    else if (c == u'<')
      out += QStringLiteral("\\textless{}");
    else if (c == u'>')
      out += QStringLiteral("\\textgreater{}");
    else if (c == u'^')
      out += QStringLiteral("\\textasciicircum{}");
    else if (c == u'µ')
      out += QStringLiteral("\\textmu{}");
    else if (c == QChar(0x00a0))
      out += QLatin1Char('~');
    else
      out += c;
  }
  return out;
}

template <class Field>
QString joinRow(const std::vector<Cell> &row, const QString &separator, Field field) {
  QStringList parts;
  for (const Cell &cell : row) parts << field(cell);
  return parts.join(separator);
}

// Numbers stand right in a column whose every present cell is a number, or a value with its unit.
std::vector<bool> numericColumns(const ReportTable &table) {
  std::vector<bool> numeric(static_cast<std::size_t>(table.columns.size()), !table.rows.empty());
  for (const auto &row : table.rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (std::holds_alternative<QString>(row[i]))
        numeric[i] = table.values.contains(table.columns[static_cast<qsizetype>(i)]);
  return numeric;
}

}  // namespace

ReportTable withoutColumns(const ReportTable &table, const QStringList &columns) {
  ReportTable rest;
  rest.rows.resize(table.rows.size());
  for (qsizetype c = 0; c < table.columns.size(); ++c) {
    if (columns.contains(table.columns[c])) continue;
    rest.columns << table.columns[c];
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      rest.rows[r].push_back(table.rows[r][static_cast<std::size_t>(c)]);
  }
  for (const QString &value : table.values)
    if (!columns.contains(value)) rest.values << value;
  return rest;
}

QString toCsv(const ReportTable &table) {
  QStringList header;
  for (const QString &name : table.columns) header << csvField(name);
  QString out = csvLine(header.join(QLatin1Char(',')));
  for (const auto &row : table.rows)
    out += csvLine(joinRow(row, QStringLiteral(","), [](const Cell &c) { return csvField(exactText(c)); }));
  return out;
}

QString toText(const ReportTable &table) {
  std::vector<qsizetype> width;
  for (const QString &name : table.columns) width.push_back(name.size());
  for (const auto &row : table.rows)
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], shortText(row[i]).size());
  const auto numeric = numericColumns(table);
  const auto line = [&](auto field) {
    QString out;
    for (std::size_t i = 0; i < width.size(); ++i) {
      const QString text = field(i);
      out += numeric[i] ? text.rightJustified(width[i]) : text.leftJustified(width[i]);
      out += QStringLiteral("  ");
    }
    while (out.endsWith(QLatin1Char(' '))) out.chop(1);
    return out + QLatin1Char('\n');
  };
  QString out = line([&](std::size_t i) { return table.columns[static_cast<qsizetype>(i)]; });
  for (const auto &row : table.rows) out += line([&](std::size_t i) { return shortText(row[i]); });
  return out;
}

QJsonArray toJson(const ReportTable &table) {
  QJsonArray rows;
  for (const auto &row : table.rows) {
    QJsonObject object;
    for (std::size_t i = 0; i < row.size(); ++i) {
      QJsonValue value = QJsonValue::Null;
      if (const auto *text = std::get_if<QString>(&row[i])) value = *text;
      if (const auto *number = std::get_if<double>(&row[i])) value = *number;
      if (const auto *count = std::get_if<qint64>(&row[i])) value = *count;
      object.insert(table.columns[static_cast<qsizetype>(i)], value);
    }
    rows.append(object);
  }
  return rows;
}

QString toMarkdown(const ReportTable &table) {
  const auto field = [](const Cell &c) { return shortText(c).replace(QLatin1Char('|'), QStringLiteral("\\|")); };
  QString out = QStringLiteral("| ") + table.columns.join(QStringLiteral(" | ")) + QStringLiteral(" |\n|");
  for (const bool numeric : numericColumns(table)) out += numeric ? QStringLiteral("---:|") : QStringLiteral("---|");
  out += QLatin1Char('\n');
  for (const auto &row : table.rows)
    out += QStringLiteral("| ") + joinRow(row, QStringLiteral(" | "), field) + QStringLiteral(" |\n");
  return out;
}

QString toLatex(const ReportTable &table) {
  const auto field = [](const Cell &c) { return latexField(shortText(c)); };
  QString out = QStringLiteral("\\begin{tabular}{");
  for (const bool numeric : numericColumns(table)) out += numeric ? QLatin1Char('r') : QLatin1Char('l');
  out += QStringLiteral("}\n\\toprule\n");
  QStringList head;
  for (const QString &name : table.columns) head << latexField(name);
  out += head.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n\\midrule\n");
  for (const auto &row : table.rows) out += joinRow(row, QStringLiteral(" & "), field) + QStringLiteral(" \\\\\n");
  return out + QStringLiteral("\\bottomrule\n\\end{tabular}\n");
}

QString toHtml(const ReportTable &table) {
  const auto numeric = numericColumns(table);
  const auto field = [&](const char *tag, std::size_t column, const QString &text) {
    const QString name = QString::fromLatin1(tag);
    const QString align = numeric[column] ? QStringLiteral(" align=\"right\"") : QString();
    return QStringLiteral("<%1%2>").arg(name, align) + text.toHtmlEscaped() + QStringLiteral("</%1>").arg(name);
  };
  QString out = QStringLiteral("<table>\n<thead><tr>");
  for (std::size_t i = 0; i < numeric.size(); ++i) out += field("th", i, table.columns[static_cast<qsizetype>(i)]);
  out += QStringLiteral("</tr></thead>\n<tbody>\n");
  for (const auto &row : table.rows) {
    out += QStringLiteral("<tr>");
    for (std::size_t i = 0; i < row.size(); ++i) out += field("td", i, shortText(row[i]));
    out += QStringLiteral("</tr>\n");
  }
  return out + QStringLiteral("</tbody>\n</table>\n");
}

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

}  // namespace pimento
