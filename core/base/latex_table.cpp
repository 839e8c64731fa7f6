// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/latex_table.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "core/base/column_heading.h"
#include "core/base/escaping.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr qsizetype LongText = 40;      // characters; more are set in lines of a column this wide
constexpr qsizetype LinesOfAPage = 38;  // of a part of a table: with a caption, on any common page

QString raised(const QString &mark) {
  return mark.isEmpty() ? QString() : QStringLiteral("\\textsuperscript{%1}").arg(latexEscaped(mark));
}

QString capitalised(QString text) {
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

// A number as S columns read it, without what exponents of C carry along: "2.001e+07" → "2.001e7".
QString numberText(double value) {
  static const QRegularExpression exponent(QStringLiteral("e([+-]?)0*(\\d)"));
  return fourDigits(value)
      .replace(exponent, QStringLiteral("e\\1\\2"))
      .replace(QStringLiteral("e+"), QStringLiteral("e"));
}

struct Format {
  qsizetype whole = 0, decimals = 0, exponent = 0;
  bool negative = false, negativeExponent = false;

  // Whether the text is a number; if so, room for it.
  bool take(const QString &text) {
    static const QRegularExpression number(QStringLiteral("^(-?)(\\d+)(?:\\.(\\d+))?(?:e(-?)(\\d+))?$"));
    const auto match = number.match(text);
    if (!match.hasMatch()) return false;
    negative |= !match.captured(1).isEmpty();
    whole = std::max(whole, match.captured(2).size());
    decimals = std::max(decimals, match.captured(3).size());
    negativeExponent |= !match.captured(4).isEmpty();
    exponent = std::max(exponent, match.captured(5).size());
    return true;
  }
  [[nodiscard]] QString text() const {
    QString out = QStringLiteral("%1%2.%3").arg(negative ? QStringLiteral("-") : QString()).arg(whole).arg(decimals);
    if (exponent > 0)
      out += QStringLiteral("e%1%2").arg(negativeExponent ? QStringLiteral("-") : QString()).arg(exponent);
    return out;
  }
};

// One column as it is set: its specification, its header and its cells, all of them LaTeX.
struct SetColumn {
  QString specification, head;
  QStringList cells;
  std::vector<qsizetype> lines;  // that each cell takes
};

// The unit of a column of measures: that of the metric, with the prefix in which its values are shortest. Powers of ten
// count as much as they take: PIM and GPU stand in one column, five decades apart.
struct ColumnUnit {
  double scale = 1;  // what a value in the metric's unit is divided by
  QString unit;
};

qsizetype lengthOf(const std::vector<double> &values, double scale) {
  constexpr qsizetype PowerOfTen = 6;
  constexpr qsizetype EasyDigits = 3;  // before the point
  qsizetype length = 0;
  for (const double value : values) {
    const QString text = numberText(value / scale);
    const qsizetype whole = text.section(QLatin1Char('.'), 0, 0).size();
    length +=
        text.size() + std::max<qsizetype>(0, whole - EasyDigits) + (text.contains(QLatin1Char('e')) ? PowerOfTen : 0);
  }
  return length;
}

ColumnUnit unitOf(const ReportTable &table, std::size_t column, Metric metric) {
  static const QStringList prefixes{QStringLiteral("f"), QStringLiteral("p"), QStringLiteral("n"), QStringLiteral("µ"),
                                    QStringLiteral("m"), QString(),           QStringLiteral("k"), QStringLiteral("M"),
                                    QStringLiteral("G"), QStringLiteral("T"), QStringLiteral("P")};
  constexpr int Unity = 5;
  const MetricInfo &m = info(metric);
  if (m.scaling != Scaling::SiPrefix) return {1, latexUnit(QString::fromUtf8(m.unit))};
  std::vector<double> values;
  for (const auto &row : table.rows)
    if (const auto *measure = std::get_if<Measure>(&row[column])) values.push_back(measure->value);
  const int own = static_cast<int>(std::lround(std::log10(m.toBase) / 3));  // of the metric's unit
  int best = own;
  for (int step = -Unity; step <= Unity; ++step)
    if (lengthOf(values, std::pow(1000.0, step) / m.toBase) < lengthOf(values, std::pow(1000.0, best) / m.toBase))
      best = step;
  const QString base = QString::fromUtf8(m.base);
  const QString unit = base.isEmpty() ? (best == 0 ? QString() : QStringLiteral("\\num{e%1}").arg(3 * best))
                                      : latexUnit(prefixes[Unity + best] + base);
  return {std::pow(1000.0, best) / m.toBase, unit};
}

class LatexColumns {
 public:
  explicit LatexColumns(const ReportTable &table) : m_table(table), m_numeric(numericColumns(table)) {}

  [[nodiscard]] SetColumn set(std::size_t column) const {
    return m_numeric[column] && isOfNumbers(column) ? setNumbers(column) : setText(column);
  }

 private:
  // Values of several metrics have no unit together: they are set as text, each with its own.
  [[nodiscard]] bool isOfNumbers(std::size_t column) const {
    std::optional<Metric> metric;
    for (const auto &row : m_table.rows) {
      if (std::holds_alternative<QString>(row[column])) return false;
      const auto *measure = std::get_if<Measure>(&row[column]);
      if (measure && metric.value_or(measure->metric) != measure->metric) return false;
      if (measure) metric = measure->metric;
    }
    return true;
  }

  [[nodiscard]] QString head(std::size_t column, const QString &title, const QString &unit) const {
    return capitalised(latexEscaped(title)) + (unit.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(unit)) +
           raised(markOfColumn(m_table, column));
  }

  [[nodiscard]] SetColumn setText(std::size_t column) const {
    const ColumnHeading heading = columnHeading(m_table.columns[static_cast<qsizetype>(column)]);
    SetColumn set{m_numeric[column] ? QStringLiteral("r") : QStringLiteral("l"),
                  head(column, heading.title, latexUnit(heading.unit)),
                  {},
                  {}};
    for (std::size_t r = 0; r < m_table.rows.size(); ++r) {
      const QString text = shortText(m_table.rows[r][column]);
      set.cells << latexEscaped(text) + raised(markOf(m_table, r, column));
      set.lines.push_back(1 + text.size() / LongText);
    }
    if (std::any_of(set.lines.begin(), set.lines.end(), [](qsizetype lines) { return lines > 1; }))
      set.specification = QStringLiteral(">{\\raggedright\\arraybackslash}p{%1em}").arg(LongText / 2);
    return set;
  }

  [[nodiscard]] SetColumn setNumbers(std::size_t column) const {
    const QString &name = m_table.columns[static_cast<qsizetype>(column)];
    std::optional<ColumnUnit> unit;
    for (const auto &row : m_table.rows)
      if (const auto *measure = std::get_if<Measure>(&row[column]); measure && !unit)
        unit = unitOf(m_table, column, measure->metric);
    const ColumnHeading heading = columnHeading(name);
    SetColumn set{
        {},
        QLatin1Char('{') + head(column, heading.title, unit ? unit->unit : latexUnit(heading.unit)) + QLatin1Char('}'),
        {},
        {}};
    Format format;
    QString widest;
    for (std::size_t r = 0; r < m_table.rows.size(); ++r) {
      const QString text = number(m_table.rows[r][column], unit ? unit->scale : 1);
      const QString mark = raised(markOf(m_table, r, column));
      set.cells << (format.take(text) ? text + mark : QStringLiteral("{%1%2}").arg(latexEscaped(text), mark));
      if (mark.size() > widest.size()) widest = mark;
      set.lines.push_back(1);
    }
    set.specification = QStringLiteral("S[table-format=%1").arg(format.text());
    if (!widest.isEmpty())
      set.specification += QStringLiteral(",table-space-text-post={%1},table-align-text-post=false").arg(widest);
    set.specification += QLatin1Char(']');
    return set;
  }

  static QString number(const Cell &cell, double scale) {
    const auto *measure = std::get_if<Measure>(&cell);
    const auto *value = std::get_if<double>(&cell);
    if (measure && std::isfinite(measure->value)) return numberText(measure->value / scale);
    if (value && std::isfinite(*value)) return numberText(*value);
    if (const auto *count = std::get_if<qint64>(&cell)) return QString::number(*count);
    return shortText(cell);
  }

  const ReportTable &m_table;
  std::vector<bool> m_numeric;
};

// Columns of one and the same text, and what they say: "dataset cifar-100, scope whole".
struct Common {
  QStringList columns;
  QString text;
};

Common commonOf(const ReportTable &table) {
  Common common;
  if (table.rows.size() < 2) return common;
  QStringList parts;
  for (std::size_t c = 0; c < static_cast<std::size_t>(table.columns.size()); ++c) {
    const auto *first = std::get_if<QString>(&table.rows.front()[c]);
    const auto same = [&](std::size_t r) {
      return table.rows[r][c] == table.rows.front()[c] && markOf(table, r, c).isEmpty();
    };
    bool all = first && !first->isEmpty() && first->size() < LongText;
    for (std::size_t r = 0; all && r < table.rows.size(); ++r) all = same(r);
    if (!all || common.columns.size() + 1 == table.columns.size()) continue;
    common.columns << table.columns[static_cast<qsizetype>(c)];
    parts << columnHeading(common.columns.back()).title + QLatin1Char(' ') + *first;
  }
  if (!parts.isEmpty()) common.text = QStringLiteral("All rows: %1.").arg(parts.join(QStringLiteral(", ")));
  return common;
}

const QString Source = QStringLiteral("source");

// Where the values come from, each source once, since no page has room for a column of them. Of many the rows are left
// out: "DECO, Table III, VGG16 FE and VGG16 CM2" → "DECO, Table III".
std::optional<TableNote> sourcesOf(const ReportTable &table) {
  constexpr qsizetype MostInFull = 6;
  static const QRegularExpression inTable(QStringLiteral("^([^,]+, Table [^,]+)"));
  const qsizetype column = table.columns.indexOf(Source);
  if (column < 0) return std::nullopt;
  QStringList full, places;
  for (const auto &row : table.rows)
    for (const QString &source : shortText(row[static_cast<std::size_t>(column)]).split(QStringLiteral(" | "))) {
      full << source;
      places << (inTable.match(source).hasMatch() ? inTable.match(source).captured(1) : source);
    }
  full.removeDuplicates();
  places.removeDuplicates();
  const QStringList named = full.size() <= MostInFull ? full : places;
  return TableNote{{}, QStringLiteral("Sources: %1.").arg(named.join(QStringLiteral("; ")))};
}

QString notesText(const std::vector<TableNote> &notes) {
  if (notes.empty()) return {};
  QString out = QStringLiteral("\\par\\smallskip\n{\\footnotesize\\raggedright\n");
  for (const TableNote &note : notes)
    out += (note.mark.isEmpty() ? QString() : raised(note.mark) + QStringLiteral("\\,")) + latexEscaped(note.text) +
           QStringLiteral("\\par\n");
  return out + QStringLiteral("}\n");
}

qsizetype linesOf(const std::vector<TableNote> &notes) {
  qsizetype lines = 0;
  for (const TableNote &note : notes) lines += 1 + note.text.size() / 100;
  return lines;
}

// Rows [begin, end) with the header; never wider than the text.
QString tabular(const std::vector<SetColumn> &columns, std::size_t begin, std::size_t end) {
  QString specification, head;
  QStringList heads;
  for (const SetColumn &column : columns) {
    specification += column.specification;
    heads << column.head;
  }
  QString out = QStringLiteral("\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n") +
                QStringLiteral("\\begin{tabular}{@{}") + specification + QStringLiteral("@{}}\n\\toprule\n") +
                heads.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n\\midrule\n");
  for (std::size_t r = begin; r < end; ++r) {
    QStringList cells;
    for (const SetColumn &column : columns) cells << column.cells[static_cast<qsizetype>(r)];
    out += cells.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
  }
  return out + QStringLiteral("\\bottomrule\n\\end{tabular}}\n");
}

// Ends of the parts of a table, each of them no longer than a page.
std::vector<std::size_t> partEnds(const std::vector<SetColumn> &columns, std::size_t rows) {
  std::vector<std::size_t> ends;
  qsizetype lines = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    qsizetype row = 1;
    for (const SetColumn &column : columns) row = std::max(row, column.lines[r]);
    if (lines > 0 && lines + row > LinesOfAPage) {
      ends.push_back(r);
      lines = 0;
    }
    lines += row;
  }
  ends.push_back(rows);
  return ends;
}

QString bodyOf(const ReportTable &table) {
  const auto sources = sourcesOf(table);
  const ReportTable noSources = withoutColumns(table, {Source});
  const Common common = commonOf(noSources);
  const ReportTable shown = withoutColumns(noSources, common.columns);
  const LatexColumns set(shown);
  std::vector<SetColumn> columns;
  for (std::size_t c = 0; c < static_cast<std::size_t>(shown.columns.size()); ++c) columns.push_back(set.set(c));
  std::vector<TableNote> notes;
  if (!common.text.isEmpty()) notes.push_back({{}, common.text});
  notes.insert(notes.end(), shown.notes.begin(), shown.notes.end());
  if (sources) notes.push_back(*sources);
  const QString title = latexEscaped(table.title);
  const auto ends = partEnds(columns, shown.rows.size());
  if (ends.size() == 1 && static_cast<qsizetype>(shown.rows.size()) + linesOf(notes) <= LinesOfAPage)
    return QStringLiteral("\\begin{table}[htbp]\n\\centering\n") +
           (title.isEmpty() ? QString() : QStringLiteral("\\caption{%1}\n").arg(title)) +
           tabular(columns, 0, shown.rows.size()) + notesText(notes) + QStringLiteral("\\end{table}\n");
  QString out;
  for (std::size_t part = 0; part < ends.size(); ++part) {
    const QString which = ends.size() == 1 ? QString() : QStringLiteral("part %1 of %2").arg(part + 1).arg(ends.size());
    const QString name =
        title.isEmpty() || which.isEmpty() ? title + which : QStringLiteral("%1, %2").arg(title, which);
    out += QStringLiteral("{\\centering\n");
    if (!name.isEmpty()) out += QStringLiteral("\\textbf{%1}\\par\\smallskip\n").arg(name);
    out += tabular(columns, part == 0 ? 0 : ends[part - 1], ends[part]) + QStringLiteral("\\par\\bigskip}\n");
  }
  return out + notesText(notes);
}

}  // namespace

QString latexTable(const ReportTable &table) {
  const QString body = bodyOf(table);
  return QStringLiteral("% Needs \\usepackage{booktabs,graphicx,siunitx}\n") +
         (body.contains(QStringLiteral("\\pimentochar")) ? latexCharDefinition : QString()) + body;
}

QString latexDocument(const ReportTable &table) {
  return QStringLiteral(
             "% Compile this file by itself, or \\input it in a document with "
             "\\usepackage{booktabs,graphicx,siunitx}.\n"
             "\\expandafter\\ifx\\csname @nodocument\\endcsname\\relax\\else\n"
             "\\documentclass{article}\n"
             "\\usepackage[a4paper,margin=20mm]{geometry}\n"
             "\\usepackage[utf8]{inputenc}\n"
             "\\usepackage{textcomp}\n"
             "\\usepackage{booktabs,graphicx,siunitx}\n"
             "\\begin{document}\n"
             "\\def\\pimentoend{\\end{document}}\n"
             "\\fi\n") +
         latexTable(table) + QStringLiteral("\\ifdefined\\pimentoend\\expandafter\\pimentoend\\fi\n");
}

QString toLatex(const ReportTable &table) { return latexTable(table); }

}  // namespace pimento
