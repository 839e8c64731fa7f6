// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/budget.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/format.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

bool hasMaximum(Metric metric) { return info(metric).sense == Sense::Minimise; }

// By how much a value misses a limit, in the unit of the metric; 0 or less if it fits.
double miss(const Limit &limit, double value) {
  return hasMaximum(limit.metric) ? value - limit.bound : limit.bound - value;
}

// Comparable between metrics: 0 if it fits, towards 1 the farther it is off. Grows with the miss whatever the bound.
double relativeMiss(const Limit &limit, double value) {
  const double m = miss(limit, value);
  return m <= 0 ? 0 : m / std::max(std::abs(value), std::abs(limit.bound));
}

// One limit needs no common scale (and relative to a bound of 0 all misses are alike).
double worstMiss(const DesignTable &table, std::uint32_t row, const Budget &budget) {
  if (budget.size() == 1) return std::max(0.0, miss(budget[0], table.column(budget[0].metric)[row]));
  double worst = 0;
  for (const Limit &limit : budget) worst = std::max(worst, relativeMiss(limit, table.column(limit.metric)[row]));
  return worst;
}

bool canBeJudged(const DesignTable &table, std::uint32_t row, const Budget &budget, const Objective &by) {
  return !table.key(row).reference && !std::isnan(table.column(by.metric)[row]) &&
         std::none_of(budget.begin(), budget.end(),
                      [&](const Limit &limit) { return std::isnan(table.column(limit.metric)[row]); });
}

bool better(const DesignTable &table, std::uint32_t a, std::uint32_t b, const Objective &by) {
  const double x = table.column(by.metric)[a];
  const double y = table.column(by.metric)[b];
  if (x != y) return by.sense == Sense::Minimise ? x < y : x > y;
  const auto energy = [&](std::uint32_t row) {
    const double value = table.column(Metric::Energy)[row];
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
  };
  return energy(a) != energy(b) ? energy(a) < energy(b) : a < b;
}

// The unit tells what these are; others are named.
bool unitSaysIt(Metric metric) { return metric >= Metric::Energy && metric <= Metric::Memory; }

// "accuracy", but "MACs" and "GPU energy".
QString titleInText(Metric metric) {
  QString title = QString::fromUtf8(info(metric).title);
  if (title.size() > 1 && title[1].isLower()) title[0] = title[0].toLower();
  return title;
}

QString named(Metric metric, double value) {
  const QString text = shortValue(metric, value);
  return unitSaysIt(metric) ? text : text + QLatin1Char(' ') + titleInText(metric);
}

// "35 µJ and 30 µs", "at least 50 % accuracy".
QString budgetText(const Budget &budget) {
  QStringList parts;
  for (const Limit &limit : budget)
    parts << (hasMaximum(limit.metric) ? QString() : QStringLiteral("at least ")) + named(limit.metric, limit.bound);
  return parts.join(QStringLiteral(" and "));
}

// " (1.5 % over)", " (5,140 times the limit)", " (5.8 pp short)"; empty if it fits.
QString missText(const Limit &limit, double value) {
  const double m = miss(limit, value);
  if (m <= 0) return {};
  const QString side = hasMaximum(limit.metric) ? QStringLiteral("over") : QStringLiteral("short");
  if (limit.metric == Metric::Accuracy) return QStringLiteral(" (%1 pp %2)").arg(fourDigits(m), side);
  if (limit.bound == 0) return QStringLiteral(" (%1)").arg(side);
  if (const double times = value / limit.bound; times > 2) {
    constexpr double MostGrouped = 1e15;
    const bool whole = times >= 1000 && times < MostGrouped;
    return QStringLiteral(" (%1 times the limit)").arg(whole ? grouped(std::llround(times)) : fourDigits(times));
  }
  return QStringLiteral(" (%1 % %2)").arg(fourDigits(100 * m / limit.bound), side);
}

QString nearestWord(const Budget &budget) {
  if (budget.size() != 1) return QStringLiteral("nearest");
  switch (budget.front().metric) {
    case Metric::Energy:
      return QStringLiteral("cheapest");
    case Metric::Latency:
      return QStringLiteral("fastest");
    case Metric::Area:
    case Metric::Memory:
      return QStringLiteral("smallest");
    default:
      return hasMaximum(budget.front().metric) ? QStringLiteral("lowest") : QStringLiteral("highest");
  }
}

// ", invalid: AND2 errors of …"; empty if it is valid.
QString validityRemark(const DesignTable &table, std::uint32_t row) {
  const QString text = validityText(table, row);
  return text.isEmpty() ? text : QStringLiteral(", ") + text;
}

QString leftOutRemark(const BudgetAnswer &answer) {
  if (answer.invalid == 0) return {};
  return answer.invalid == 1 ? QStringLiteral("; 1 invalid design is left out")
                             : QStringLiteral("; %1 invalid designs are left out").arg(answer.invalid);
}

QString metricNames(const Budget &budget, const Objective &by) {
  QStringList names{QString::fromLatin1(info(by.metric).key)};
  for (const Limit &limit : budget)
    if (limit.metric != by.metric) names << QString::fromLatin1(info(limit.metric).key);
  return names.join(QStringLiteral(" and "));
}

}  // namespace

bool keeps(const Limit &limit, double value) { return miss(limit, value) <= 0; }

BudgetAnswer bestWithin(const DesignTable &table, std::span<const std::uint32_t> rows, const Budget &budget,
                        const Objective &by, InvalidDesigns invalid) {
  BudgetAnswer answer;
  double nearest = std::numeric_limits<double>::infinity();
  for (const std::uint32_t row : rows) {
    if (!canBeJudged(table, row, budget, by)) continue;
    if (invalid == InvalidDesigns::LeftOut && table.validity(row) == Validity::Invalid) {
      ++answer.invalid;
      continue;
    }
    ++answer.asked;
    const double off = worstMiss(table, row, budget);
    if (off == 0) {
      ++answer.fitting;
      if (!answer.best || better(table, row, *answer.best, by)) answer.best = row;
    } else if (off < nearest || (off == nearest && better(table, row, *answer.nearest, by))) {
      nearest = off;
      answer.nearest = row;
    }
  }
  if (answer.best) answer.nearest.reset();
  return answer;
}

QString budgetSentence(const DesignTable &table, const Budget &budget, const BudgetAnswer &answer,
                       const Objective &by) {
  if (answer.asked == 0 && answer.invalid > 0)
    return QStringLiteral("every design here that has a value for %1 is invalid (%2)")
        .arg(metricNames(budget, by))
        .arg(answer.invalid);
  if (answer.asked == 0) return QStringLiteral("no design here has a value for %1").arg(metricNames(budget, by));
  if (!answer.best) {
    QStringList values;
    for (const Limit &limit : budget) {
      const double value = table.column(limit.metric)[*answer.nearest];
      values << shortValue(limit.metric, value) + missText(limit, value);
    }
    return QStringLiteral("no design fits %1; the %2 is %3 at %4")
               .arg(budgetText(budget), nearestWord(budget), designTitle(table, *answer.nearest),
                    values.join(QStringLiteral(" and "))) +
           validityRemark(table, *answer.nearest) + leftOutRemark(answer);
  }
  QStringList values{shortValue(by.metric, table.column(by.metric)[*answer.best])};
  for (const Limit &limit : budget)
    if (limit.metric != by.metric) values << shortValue(limit.metric, table.column(limit.metric)[*answer.best]);
  const QString inside = budget.empty() ? QString() : QStringLiteral(" within ") + budgetText(budget);
  return QStringLiteral("best %1%2: %3 at %4")
             .arg(QString::fromLatin1(info(by.metric).key), inside, designTitle(table, *answer.best),
                  values.join(QStringLiteral(", "))) +
         validityRemark(table, *answer.best) + leftOutRemark(answer);
}

Filter within(Filter filter, const Budget &budget) {
  for (const Limit &limit : budget) {
    Bounds &bounds = filter.bounds[index(limit.metric)];
    if (hasMaximum(limit.metric))
      bounds.max = std::min(bounds.max.value_or(limit.bound), limit.bound);
    else
      bounds.min = std::max(bounds.min.value_or(limit.bound), limit.bound);
  }
  return filter;
}

}  // namespace pimento
