// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHash>

#include "core/base/escaping.h"
#include "core/base/latex_table.h"

namespace pimento {

namespace {

// \si is known to version 2 and 3 of siunitx alike.
const QHash<QString, QString> &bases() {
  static const QHash<QString, QString> table{
      {QStringLiteral("J"), QStringLiteral("\\joule")},   {QStringLiteral("s"), QStringLiteral("\\second")},
      {QStringLiteral("W"), QStringLiteral("\\watt")},    {QStringLiteral("V"), QStringLiteral("\\volt")},
      {QStringLiteral("A"), QStringLiteral("\\ampere")},  {QStringLiteral("B"), QStringLiteral("\\byte")},
      {QStringLiteral("Hz"), QStringLiteral("\\hertz")},  {QStringLiteral("Ω"), QStringLiteral("\\ohm")},
      {QStringLiteral("K"), QStringLiteral("\\kelvin")},  {QStringLiteral("%"), QStringLiteral("\\percent")},
      {QStringLiteral("m"), QStringLiteral("\\metre")},   {QStringLiteral("m²"), QStringLiteral("\\metre\\squared")},
      {QStringLiteral("bytes"), QStringLiteral("\\byte")}};
  return table;
}

const QHash<QChar, QString> &prefixes() {
  static const QHash<QChar, QString> table{{u'f', QStringLiteral("\\femto")}, {u'p', QStringLiteral("\\pico")},
                                           {u'n', QStringLiteral("\\nano")},  {u'µ', QStringLiteral("\\micro")},
                                           {u'm', QStringLiteral("\\milli")}, {u'k', QStringLiteral("\\kilo")},
                                           {u'M', QStringLiteral("\\mega")},  {u'G', QStringLiteral("\\giga")},
                                           {u'T', QStringLiteral("\\tera")},  {u'P', QStringLiteral("\\peta")}};
  return table;
}

}  // namespace

QString latexUnit(const QString &unit) {
  if (unit.isEmpty()) return {};
  QString macros = bases().value(unit);
  if (macros.isEmpty() && prefixes().contains(unit[0]) && bases().contains(unit.mid(1)))
    macros = prefixes().value(unit[0]) + bases().value(unit.mid(1));
  return macros.isEmpty() ? latexEscaped(unit) : QStringLiteral("\\si{%1}").arg(macros);
}

}  // namespace pimento
