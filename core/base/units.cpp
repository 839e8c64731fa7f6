// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <QRegularExpression>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/typed_number.h"

namespace pimento {

namespace {

struct UnitWord {
  QString word;
  int exponent;  // of ten, to the base
};

struct Prefix {
  const char *sign;
  int exponent;
};
constexpr std::array<Prefix, 10> Prefixes{
    {{"f", -15}, {"p", -12}, {"n", -9}, {"u", -6}, {"m", -3}, {"", 0}, {"k", 3}, {"M", 6}, {"G", 9}, {"T", 12}}};

// Energy, time and power take all prefixes; bytes and counts have no parts.
std::vector<UnitWord> prefixed(const QString &base) {
  const bool whole = base.isEmpty() || base == QStringLiteral("B");
  std::vector<UnitWord> words;
  for (const Prefix &prefix : Prefixes)
    if (!(whole && prefix.exponent < 0) && !(base.isEmpty() && prefix.exponent == 0))
      words.push_back({QString::fromLatin1(prefix.sign) + base, prefix.exponent});
  return words;
}

std::vector<UnitWord> words(const MetricInfo &m) {
  const QString base = QString::fromUtf8(m.base);
  if (m.scaling == Scaling::SiPrefix) return prefixed(base);
  if (m.metric == Metric::Area)
    return {{QStringLiteral("um2"), -6}, {QStringLiteral("mm2"), 0}, {QStringLiteral("cm2"), 2}};
  return {{base, 0}};
}

// One spelling: both micro signs as u, a raised two as 2.
QString plain(QString unit) {
  return unit.replace(QChar(0x00b5), QLatin1Char('u'))
      .replace(QChar(0x03bc), QLatin1Char('u'))
      .replace(QChar(0x00b2), QLatin1Char('2'));
}

std::optional<int> exponentOf(const MetricInfo &m, const QString &unit) {
  for (const UnitWord &known : words(m))
    if (known.word == plain(unit)) return known.exponent;
  return std::nullopt;
}

}  // namespace

QStringList unitsOf(Metric metric) {
  QStringList units;
  for (const UnitWord &known : words(info(metric))) units << known.word;
  return units;
}

double parseValue(Metric metric, const QString &text, const QString &place) {
  static const QRegularExpression form(
      QStringLiteral("^\\s*([0-9.,]+)(?:[eE]([+-]?[0-9]{1,3}))?\\s*([^0-9\\s.,].*?)?\\s*$"));
  const MetricInfo &m = info(metric);
  const QString unit = QString::fromUtf8(m.unit);
  const auto match = form.match(text);
  const TypedNumber number = typedNumber(match.captured(1));
  if (number.digits.isEmpty())
    throw Error(place, QStringLiteral("%1 is no value of %2").arg(quoted(text), QLatin1String(m.key)),
                number.problem.isEmpty() ? QStringLiteral("write a number and a unit, as in 35%1").arg(plain(unit))
                                         : number.problem);
  int shift =
      0;  // power of ten from the unit typed to the metric's; exact, as it is put into the number's own exponent
  if (const QString typed = match.captured(3); !typed.isEmpty()) {
    const auto exponent = exponentOf(m, typed);
    if (!exponent)
      throw Error(place, QStringLiteral("unknown unit %1 for %2").arg(quoted(typed), QLatin1String(m.key)),
                  knownWords(plain(typed), unitsOf(metric)));
    shift = *exponent - static_cast<int>(std::lround(std::log10(m.toBase)));
  }
  shift += match.captured(2).toInt();
  const double value = (number.digits + QLatin1Char('e') + QString::number(shift)).toDouble();
  if (!std::isfinite(value)) throw Error(place, QStringLiteral("%1 is too large").arg(quoted(text)));
  return value;
}

}  // namespace pimento
