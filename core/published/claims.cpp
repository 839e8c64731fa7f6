// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/claims.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pimento {

namespace {

const QString Facts = QStringLiteral("facts");

// Value of the last printed digit.
double unitOf(const QString &printed) {
  const qsizetype point = printed.indexOf(QLatin1Char('.'));
  if (point >= 0) return std::pow(10.0, -static_cast<double>(printed.size() - point - 1));
  qsizetype zeros = 0;
  while (zeros + 1 < printed.size() && printed[printed.size() - 1 - zeros] == QLatin1Char('0')) ++zeros;
  return std::pow(10.0, static_cast<double>(zeros));
}

std::vector<double> ranks(const std::vector<double> &values) {
  std::vector<double> result;
  for (const double value : values) {
    const auto below = std::count_if(values.begin(), values.end(), [&](double other) { return other < value; });
    const auto same = std::count(values.begin(), values.end(), value);
    result.push_back(static_cast<double>(below) + (static_cast<double>(same) - 1) / 2);
  }
  return result;
}

}  // namespace

QString verdictOf(bool holds) { return holds ? QStringLiteral("holds") : QStringLiteral("contradicted"); }

bool agreesAsPrinted(const QString &printed, double value) {
  constexpr double Noise = 1e-9;  // of binary fractions, in units of the last digit
  const double unit = unitOf(printed);
  const double digits = std::round(printedNumber(printed, QStringLiteral("audit")) / unit);
  const double exact = value / unit;
  return std::floor(exact + 0.5 + Noise) == digits || std::floor(exact + Noise) == digits;
}

double mean(const std::vector<double> &values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double correlation(const std::vector<double> &a, const std::vector<double> &b) {
  const double meanA = mean(a);
  const double meanB = mean(b);
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) * (a[i] - meanA);
    bb += (b[i] - meanB) * (b[i] - meanB);
  }
  return ab / std::sqrt(aa * bb);
}

double rankCorrelation(const std::vector<double> &a, const std::vector<double> &b) {
  return correlation(ranks(a), ranks(b));
}

QString Reader::text(const char *table, const QString &row, const char *column) const {
  return cellText(m_tables, QString::fromLatin1(table), row, QString::fromLatin1(column));
}

double Reader::value(const char *table, const QString &row, const char *column, int exponent) const {
  return cell(m_tables, QString::fromLatin1(table), row, QString::fromLatin1(column), exponent).value;
}

QString Reader::quote(const char *fact) const {
  return cellText(m_tables, Facts, QString::fromLatin1(fact), QStringLiteral("quote"));
}

QString Reader::place(const char *fact) const {
  return cellText(m_tables, Facts, QString::fromLatin1(fact), QStringLiteral("place"));
}

QString Reader::factText(const char *fact) const {
  return cellText(m_tables, Facts, QString::fromLatin1(fact), QStringLiteral("value"));
}

double Reader::fact(const char *fact) const {
  return cell(m_tables, Facts, QString::fromLatin1(fact), QStringLiteral("value")).value;
}

const std::vector<DecoModule> &decoModules() {
  static const std::vector<DecoModule> modules = [] {
    std::vector<DecoModule> list;
    for (const auto &[family, name] : {std::pair{"deco-vgg16", "VGG16"}, std::pair{"deco-mobilenetv1", "MobileNetV1"}})
      for (const char *module : {"FE", "CM1", "CM2", "CM3", "CM4"}) {
        const QString row = QStringLiteral("%1 %2").arg(QLatin1String(name), QLatin1String(module));
        list.push_back({QString::fromLatin1(family), QString::fromLatin1(module), row,
                        row.toLower().replace(QLatin1Char(' '), QLatin1Char('-'))});
      }
    return list;
  }();
  return modules;
}

}  // namespace pimento
