// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/column_heading.h"

#include <QHash>

namespace pimento {

namespace {

const QHash<QString, QString> &units() {
  static const QHash<QString, QString> table = [] {
    QHash<QString, QString> t{
        {QStringLiteral("pct"), QStringLiteral("%")},       {QStringLiteral("mm2"), QStringLiteral("mm²")},
        {QStringLiteral("um2"), QStringLiteral("µm²")},     {QStringLiteral("kohm"), QStringLiteral("kΩ")},
        {QStringLiteral("ohm"), QStringLiteral("Ω")},       {QStringLiteral("mhz"), QStringLiteral("MHz")},
        {QStringLiteral("ghz"), QStringLiteral("GHz")},     {QStringLiteral("mb"), QStringLiteral("MB")},
        {QStringLiteral("bytes"), QStringLiteral("bytes")}, {QStringLiteral("k"), QStringLiteral("K")}};
    for (const char *unit : {"fJ", "pJ", "nJ", "µJ", "mJ", "J",  "ps", "ns", "µs", "ms", "s",  "pW",
                             "nW", "µW", "mW", "W",  "nm", "µm", "mm", "mV", "V",  "µA", "mA", "A"}) {
      const QString text = QString::fromUtf8(unit);
      t.insert(QString(text).replace(QStringLiteral("µ"), QStringLiteral("u")).toLower(), text);
    }
    return t;
  }();
  return table;
}

}  // namespace

ColumnHeading columnHeading(const QString &column) {
  static const QHash<QString, QString> words{{QStringLiteral("bits_w"), QStringLiteral("weight bits")},
                                             {QStringLiteral("bits_a"), QStringLiteral("activation bits")},
                                             {QStringLiteral("n"), QStringLiteral("images")}};
  if (const QString known = words.value(column); !known.isEmpty()) return {known, {}};
  const qsizetype end = column.lastIndexOf(QLatin1Char('_'));
  const QString unit = end < 1 ? QString() : units().value(column.mid(end + 1));
  const bool rate = column.left(end).endsWith(QStringLiteral("_per"));
  QString title = unit.isEmpty() || rate ? column : column.left(end);
  return {title.replace(QLatin1Char('_'), QLatin1Char(' ')), rate ? QString() : unit};
}

}  // namespace pimento
