// SPDX-License-Identifier: GPL-3.0-or-later
// A table for the terminal: aligned columns, marks raised by characters, notes below.
#include <algorithm>

#include "core/base/report_table.h"
#include "core/base/visible.h"

namespace pimento {

namespace {

constexpr qsizetype LineWidth = 100;

QString superscript(const QString &mark) {
  static const QString plain = QStringLiteral("0123456789mpde");
  static const QString above = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹ᵐᵖᵈᵉ");
  QString text = mark;
  for (QChar &c : text)
    if (const qsizetype at = plain.indexOf(c); at >= 0) c = above[at];
  return text;
}

QString inOneLine(QString text) { return text.replace(QLatin1Char('\n'), QStringLiteral("\\n")); }

// Words in lines; those after the first are indented.
QString wrapped(const QString &text) {
  const QString indent = QStringLiteral("   ");
  QString out;
  QString line;
  for (const QString &word : text.split(QLatin1Char(' '))) {
    if (line.size() + 1 + word.size() > LineWidth && !line.trimmed().isEmpty()) {
      out += line + QLatin1Char('\n');
      line = indent + word;
      continue;
    }
    line += line.isEmpty() ? word : QLatin1Char(' ') + word;
  }
  return out + line + QLatin1Char('\n');
}

// "1: …" as the column of notes names it, "ᵉ …" as it stands behind values.
QString noteText(const TableNote &note) {
  if (note.mark.isEmpty()) return note.text;
  const bool numbered = note.mark[0].isDigit();
  return (numbered ? note.mark + QLatin1Char(':') : superscript(note.mark)) + QLatin1Char(' ') + note.text;
}

class TextWriter {
 public:
  explicit TextWriter(const ReportTable &table)
      : m_table(table),
        m_columns(static_cast<std::size_t>(table.columns.size())),
        m_numeric(numericColumns(table)),
        m_markWidth(m_columns),
        m_width(m_columns) {
    for (std::size_t c = 0; c < m_columns; ++c) {
      if (m_numeric[c])
        for (std::size_t r = 0; r < table.rows.size(); ++r)
          m_markWidth[c] = std::max(m_markWidth[c], markOf(table, r, c).size());
      m_width[c] = head(c).size();
      for (std::size_t r = 0; r < table.rows.size(); ++r) m_width[c] = std::max(m_width[c], field(r, c).size());
    }
  }

  [[nodiscard]] QString text() const {
    QString out = line([&](std::size_t c) { return head(c); });
    for (std::size_t r = 0; r < m_table.rows.size(); ++r) out += line([&](std::size_t c) { return field(r, c); });
    if (!m_table.notes.empty()) out += QLatin1Char('\n');
    for (const TableNote &note : m_table.notes) out += wrapped(inOneLine(visible(noteText(note))));
    return out;
  }

 private:
  // Values stay below each other, whatever marks they have.
  [[nodiscard]] QString head(std::size_t c) const {
    return m_table.columns[static_cast<qsizetype>(c)] +
           superscript(markOfColumn(m_table, c)).leftJustified(m_markWidth[c]);
  }
  [[nodiscard]] QString field(std::size_t r, std::size_t c) const {
    return inOneLine(shortText(m_table.rows[r][c])) + superscript(markOf(m_table, r, c)).leftJustified(m_markWidth[c]);
  }
  template <class Text>
  [[nodiscard]] QString line(Text text) const {
    QString out;
    for (std::size_t c = 0; c < m_columns; ++c) {
      out += m_numeric[c] ? text(c).rightJustified(m_width[c]) : text(c).leftJustified(m_width[c]);
      out += QStringLiteral("  ");
    }
    while (out.endsWith(QLatin1Char(' '))) out.chop(1);
    return out + QLatin1Char('\n');
  }

  const ReportTable &m_table;
  std::size_t m_columns;
  std::vector<bool> m_numeric;
  std::vector<qsizetype> m_markWidth;
  std::vector<qsizetype> m_width;
};

}  // namespace

QString toText(const ReportTable &table) { return TextWriter(table).text(); }

}  // namespace pimento
