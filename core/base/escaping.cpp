// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/escaping.h"

#include <QHash>
#include <algorithm>
#include <utility>

namespace pimento {

namespace {

const QString Break = QStringLiteral("<br>");

bool isControl(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

// Line ends of any system as one "\n".
QString withPlainLineEnds(QString text) {
  return text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
}

// An underscore inside of a word is none of emphasis, and names of columns are full of them.
bool isInsideWord(const QString &text, qsizetype i) {
  return i > 0 && i + 1 < text.size() && text[i - 1].isLetterOrNumber() && text[i + 1].isLetterOrNumber();
}

// Commands of LaTeX that no font lacks.
const QHash<char32_t, const char *> &latexCommands() {
  static const QHash<char32_t, const char *> table{
      {U'\\', "\\textbackslash{}"},
      {U'~', "\\textasciitilde{}"},
      {U'^', "\\textasciicircum{}"},
      {U'|', "\\textbar{}"},
      {U'<', "\\textless{}"},
      {U'>', "\\textgreater{}"},
      {U'`', "\\textasciigrave{}"},
      {U'\'', "\\textquotesingle{}"},
      {U'"', "{\\ttfamily\\char34}"},
      {U'&', "\\&"},
      {U'%', "\\%"},
      {U'$', "\\$"},
      {U'#', "\\#"},
      {U'_', "\\_"},
      {U'{', "\\{"},
      {U'}', "\\}"},
      {U'\u00a0', "~"},
      {U'§', "\\S{}"},
      {U'°', "\\textdegree{}"},
      {U'±', "\\ensuremath{\\pm}"},
      {U'²', "\\textsuperscript{2}"},
      {U'³', "\\textsuperscript{3}"},
      {U'µ', "\\textmu{}"},
      {U'μ', "\\textmu{}"},
      {U'·', "\\ensuremath{\\cdot}"},
      {U'×', "\\ensuremath{\\times}"},
      {U'÷', "\\ensuremath{\\div}"},
      {U'ß', "\\ss{}"},
      {U'æ', "\\ae{}"},
      {U'Æ', "\\AE{}"},
      {U'ø', "\\o{}"},
      {U'Ø', "\\O{}"},
      {U'œ', "\\oe{}"},
      {U'Œ', "\\OE{}"},
      {U'ł', "\\l{}"},
      {U'Ł', "\\L{}"},
      {U'ı', "\\i{}"},
      {U'–', "--"},
      {U'—', "---"},
      {U'…', "\\ldots{}"},
      {U'†', "\\dag{}"},
      {U'‡', "\\ddag{}"},
      {U'−', "\\ensuremath{-}"},
      {U'≤', "\\ensuremath{\\le}"},
      {U'≥', "\\ensuremath{\\ge}"},
      {U'≠', "\\ensuremath{\\ne}"},
      {U'≈', "\\ensuremath{\\approx}"},
      {U'∞', "\\ensuremath{\\infty}"},
      {U'→', "\\ensuremath{\\to}"},
      {U'√', "\\ensuremath{\\surd}"},
      {U'Ω', "\\ensuremath{\\Omega}"},
      {U'Δ', "\\ensuremath{\\Delta}"},
      {U'Σ', "\\ensuremath{\\Sigma}"},
      {U'α', "\\ensuremath{\\alpha}"},
      {U'β', "\\ensuremath{\\beta}"},
      {U'γ', "\\ensuremath{\\gamma}"},
      {U'δ', "\\ensuremath{\\delta}"},
      {U'ε', "\\ensuremath{\\varepsilon}"},
      {U'λ', "\\ensuremath{\\lambda}"},
      {U'π', "\\ensuremath{\\pi}"},
      {U'ρ', "\\ensuremath{\\rho}"},
      {U'σ', "\\ensuremath{\\sigma}"},
      {U'τ', "\\ensuremath{\\tau}"},
      {U'φ', "\\ensuremath{\\varphi}"},
      {U'ω', "\\ensuremath{\\omega}"},
  };
  return table;
}

// "\'{e}" for é: a letter with one of the accents that LaTeX puts over or under any letter; empty for all else.
QString accented(char32_t c) {
  static const QHash<char16_t, char> accents{{u'\u0300', '`'}, {u'\u0301', '\''}, {u'\u0302', '^'}, {u'\u0303', '~'},
                                             {u'\u0304', '='}, {u'\u0306', 'u'},  {u'\u0307', '.'}, {u'\u0308', '"'},
                                             {u'\u030a', 'r'}, {u'\u030b', 'H'},  {u'\u030c', 'v'}, {u'\u0327', 'c'}};
  const QString parts = QChar::decomposition(c);
  if (parts.size() != 2 || parts[0].unicode() >= 0x80 || !parts[0].isLetter()) return {};
  const auto accent = accents.constFind(parts[1].unicode());
  if (accent == accents.constEnd()) return {};
  return QStringLiteral("\\%1{%2}").arg(QLatin1Char(*accent)).arg(parts[0]);
}

QString latexCharacter(char32_t c) {
  if (const char *command = latexCommands().value(c)) return QString::fromUtf8(command);
  if (c == U'\n' || c == U'\t') return QStringLiteral(" ");
  if (c >= 0x20 && c < 0x7f) return QString(QChar(static_cast<char16_t>(c)));
  if (const QString letter = accented(c); !letter.isEmpty()) return letter;
  return QStringLiteral("\\pimentochar{%1}").arg(QString::number(c, 16).toUpper().rightJustified(4, QLatin1Char('0')));
}

}  // namespace

QString csvEscaped(QString text) {
  // Readers may drop spaces around a field that is not quoted, and a byte order mark at the beginning.
  const bool quote =
      text != text.trimmed() || text.startsWith(QChar::ByteOrderMark) ||
      std::any_of(text.begin(), text.end(), [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
  if (!quote) return text;
  return QLatin1Char('"') + text.replace(QStringLiteral("\""), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString tabsEscaped(const QString &text) {
  QString field = withPlainLineEnds(text);
  for (QChar &c : field)
    if (isControl(c.unicode())) c = u' ';
  return field;
}

QString markdownEscaped(const QString &text) {
  static const QString marks = QStringLiteral("\\`*[]|~$");
  const QString lines = withPlainLineEnds(text);
  QString out;
  for (qsizetype i = 0; i < lines.size(); ++i) {
    const QChar c = lines[i];
    if (c == u'\n')
      out += Break;
    else if (c == u'<')
      out += QStringLiteral("&lt;");
    else if (c == u'>')
      out += QStringLiteral("&gt;");
    else if (c == u'&')
      out += QStringLiteral("&amp;");
    else if (isControl(c.unicode()))
      out += QLatin1Char(' ');
    else
      out += marks.contains(c) || (c == u'_' && !isInsideWord(lines, i)) ? QString(QLatin1Char('\\')) + c : QString(c);
  }
  return out;
}

QString htmlEscaped(const QString &text) {
  QString clean = withPlainLineEnds(text);
  for (QChar &c : clean)
    if (isControl(c.unicode()) && c != u'\n') c = u' ';
  return clean.toHtmlEscaped().replace(QLatin1Char('\n'), Break);
}

QString latexEscaped(const QString &text) {
  QString out;
  char32_t last = 0;
  for (const char32_t c : withPlainLineEnds(text).toStdU32String()) {
    // A command or "\\" before the text takes these for its arguments, whatever spaces lie between.
    const bool argument = (c == U'[' || c == U'*' || c == U'(') && out.trimmed().isEmpty();
    const bool dash = c == U'-' && last == U'-';  // two would become a longer one
    out += argument || dash ? QStringLiteral("{}") + latexCharacter(c) : latexCharacter(c);
    last = c;
  }
  return out;
}

}  // namespace pimento
