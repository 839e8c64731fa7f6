// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/visible.h"

#include <QList>
#include <algorithm>

namespace pimento {

// Controls, and Unicode's formats, of which some turn the direction of writing and others have no width.
static bool steers(char32_t code) {
  if (code == U'\n' || code == U'\t') return false;
  switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
      return true;
    default:
      return false;
  }
}

// "\x1b", "\u202e", "\U000e0041".
static QString written(char32_t code) {
  const int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
  const char *letter = digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  return QLatin1String(letter) + QString::number(static_cast<uint>(code), 16).rightJustified(digits, QLatin1Char('0'));
}

// JSON knows units of UTF-16 alone.
static QString writtenInJson(char32_t code) {
  QString out;
  for (const QChar unit : QString::fromUcs4(&code, 1))
    out += QStringLiteral("\\u") + QString::number(unit.unicode(), 16).rightJustified(4, QLatin1Char('0'));
  return out;
}

static QString writtenOut(const QString &text, QString (*write)(char32_t)) {
  const auto plain = [](QChar c) { return !c.isSurrogate() && !steers(c.unicode()); };
  if (std::all_of(text.begin(), text.end(), plain)) return text;
  QString out;
  for (const char32_t code : text.toUcs4()) out += steers(code) ? write(code) : QString::fromUcs4(&code, 1);
  return out;
}

QString visible(const QString &text) { return writtenOut(text, written); }

QByteArray visibleJson(const QByteArray &json) { return writtenOut(QString::fromUtf8(json), writtenInJson).toUtf8(); }

}  // namespace pimento
