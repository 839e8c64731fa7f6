// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/format.h"

#include <QLocale>
#include <array>
#include <charconv>
#include <cmath>

namespace pimento {

QString exactNumber(double value) {
  std::array<char, 32> text;
  // Integers that a double holds exactly are written as such: counts must not turn into 1.09e+09.
  if (std::abs(value) < 9007199254740992.0 && value == std::floor(value))
    return QString::number(static_cast<qint64>(value));
  const auto [end, code] = std::to_chars(text.data(), text.data() + text.size(), value);
  return QString::fromLatin1(text.data(), end - text.data());
}

QString fourDigits(double value) {
  if (value == 0) return QStringLiteral("0");
  if (!std::isfinite(value)) return QString::number(value);
  const double size = std::abs(value);
  if (size < 1e-4 || size >= 1e7) return QString::number(value, 'e', 3);
  const int decimals = std::max(0, 3 - static_cast<int>(std::floor(std::log10(size) + 1e-12)));
  QString text = QString::number(value, 'f', decimals);
  if (text.contains(QLatin1Char('.'))) {
    while (text.endsWith(QLatin1Char('0'))) text.chop(1);
    if (text.endsWith(QLatin1Char('.'))) text.chop(1);
  }
  return text;
}

QString siValue(double value, const QString &base) {
  static constexpr std::array<const char *, 11> prefixes{"f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P"};
  constexpr int unity = 5;
  int step = unity;
  if (value != 0 && std::isfinite(value)) {
    const double exponent = std::floor(std::log10(std::abs(value) * (1 + 5e-5)));
    step = std::clamp(unity + static_cast<int>(std::floor(exponent / 3)), 0, static_cast<int>(prefixes.size()) - 1);
  }
  const QString prefix = QString::fromUtf8(prefixes[static_cast<std::size_t>(step)]);
  const QString unit = prefix + base;
  const QString number = fourDigits(value / std::pow(1000.0, step - unity));
  return unit.isEmpty() ? number : number + QChar(0x00a0) + unit;
}

QString shortValue(Metric metric, double value) {
  const MetricInfo &m = info(metric);
  const QString base = QString::fromUtf8(m.base);
  if (m.scaling == Scaling::SiPrefix) return siValue(value * m.toBase, base);
  return fourDigits(value) + (base.isEmpty() ? QString() : QChar(0x00a0) + base);
}

QString ratioText(double value, double base) {
  const double ratio = value / base;
  return std::isfinite(ratio) ? fourDigits(ratio) + QLatin1Char('x') : DividesByZero;
}

QString grouped(qint64 value) { return QLocale(QLocale::English, QLocale::UnitedStates).toString(value); }

}  // namespace pimento
