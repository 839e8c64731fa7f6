// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/typed_number.h"

#include <QRegularExpression>
#include <cmath>

namespace pimento {

namespace {

const QString Sign = QStringLiteral("([+-]?)");
const QString Exponent = QStringLiteral("([eE][+-]?[0-9]{1,3})?");

QRegularExpression whole(const QString &pattern) {
  return QRegularExpression(QRegularExpression::anchoredPattern(Sign + pattern + Exponent));
}

QString withoutCommas(QString text) { return text.remove(QLatin1Char(',')); }

TypedNumber ambiguous(const QString &text) {
  QString point = text;
  point.replace(QLatin1Char(','), QLatin1Char('.'));
  return {{}, QStringLiteral("write %1 or %2").arg(point, withoutCommas(text))};
}

// "1.234,5" → "1234.5"
TypedNumber mixed(QString text) {
  text.remove(QLatin1Char('.'));
  return {{}, QStringLiteral("write %1").arg(text.replace(QLatin1Char(','), QLatin1Char('.')))};
}

}  // namespace

std::optional<double> TypedNumber::value() const {
  bool ok = false;
  const double number = digits.toDouble(&ok);
  return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

TypedNumber typedNumber(const QString &typed) {
  static const QRegularExpression plain = whole(QStringLiteral("([0-9]+\\.?[0-9]*|\\.[0-9]+)"));
  static const QRegularExpression either = whole(QStringLiteral("([1-9][0-9]{0,2},[0-9]{3})"));
  static const QRegularExpression grouped = whole(QStringLiteral("([1-9][0-9]{0,2}(,[0-9]{3})+(\\.[0-9]*)?)"));
  static const QRegularExpression comma = whole(QStringLiteral("([0-9]+,[0-9]*|,[0-9]+)"));
  static const QRegularExpression german = whole(QStringLiteral("([0-9]{1,3}(\\.[0-9]{3})+,[0-9]*)"));
  QString text = typed.trimmed();
  if (plain.match(text).hasMatch()) return {text, {}};
  if (either.match(text).hasMatch()) return ambiguous(text);
  if (grouped.match(text).hasMatch()) return {withoutCommas(text), {}};
  if (comma.match(text).hasMatch()) return {text.replace(QLatin1Char(','), QLatin1Char('.')), {}};
  if (german.match(text).hasMatch()) return mixed(text);
  return {};
}

TypedNumber typedWhole(const QString &typed) {
  static const QRegularExpression plain(QStringLiteral("^[+-]?[0-9]+$"));
  static const QRegularExpression grouped(QStringLiteral("^[+-]?[0-9]{1,3}(,[0-9]{3})+$"));
  const QString text = typed.trimmed();
  if (plain.match(text).hasMatch()) return {text, {}};
  if (grouped.match(text).hasMatch()) return {withoutCommas(text), {}};
  return {{}, typedNumber(text).value() ? QStringLiteral("write a whole number") : QString()};
}

}  // namespace pimento
