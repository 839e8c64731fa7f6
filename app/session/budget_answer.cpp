// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/budget_answer.h"

#include <algorithm>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "core/base/escaping.h"
#include "core/base/format.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

QString limitsText(const Budget &budget) {
  QStringList limits;
  for (const Limit &limit : budget) {
    const QString value = shortValue(limit.metric, limit.bound);
    const QString unit = QString::fromUtf8(info(limit.metric).unit);
    // "35 µJ" names its metric; a bare count or per cent does not.
    limits << (unit.isEmpty() || unit == QStringLiteral("%") || unit == QStringLiteral("x")
                   ? QStringLiteral("%1 %2").arg(metricTitle(limit.metric).toLower(), value)
                   : value);
  }
  return limits.join(QStringLiteral(" and "));
}

// "53.82 % (published), 34.99 µJ (derived)"
QString valuesText(const Session &session, std::uint32_t row, const std::vector<Metric> &metrics) {
  QStringList values;
  for (const Metric metric : metrics)
    if (const auto kind = session.table().kind(row, metric))
      values << QStringLiteral("%1 (%2)").arg(valueText(session.table(), row, metric), kindName(*kind));
  return values.join(QStringLiteral(", "));
}

// " ⚠ Doubtful: retention of …."; empty if it is valid.
QString validitySentence(const Session &session, std::uint32_t row) {
  const QString text = validityText(session.table(), row);
  if (text.isEmpty()) return text;
  return QStringLiteral(" %1 %2").arg(validityGlyph(session.table().validity(row)), asSentence(text));
}

QString leftOutText(const BudgetAnswer &answer) {
  if (answer.invalid == 0) return {};
  return answer.invalid == 1 ? QStringLiteral(" 1 invalid design is left out.")
                             : QStringLiteral(" %1 invalid designs are left out.").arg(answer.invalid);
}

}  // namespace

Budget budgetOf(const Session &session) {
  Budget budget;
  for (const auto &[metric, bound] : session.view().budgets) budget.push_back({metric, bound});
  return budget;
}

Objective budgetObjective(const Session &session) {
  const auto &objectives = session.view().objectives;
  const auto accuracy = std::find(objectives.begin(), objectives.end(), objective(Metric::Accuracy));
  return accuracy == objectives.end() ? objectives.front() : *accuracy;
}

BudgetAnswer answerBudget(const Session &session) {
  return bestWithin(session.table(), session.rows(), budgetOf(session), budgetObjective(session),
                    session.view().invalid);
}

QString budgetAnswer(const Session &session, AnswerFormat format) {
  const Budget budget = budgetOf(session);
  if (budget.empty()) return {};
  const Objective by = budgetObjective(session);
  const BudgetAnswer answer = answerBudget(session);
  std::vector<Metric> metrics{by.metric};
  for (const Limit &limit : budget)
    if (limit.metric != by.metric) metrics.push_back(limit.metric);
  const auto plain = [format](const QString &text) { return format == AnswerFormat::Rich ? htmlEscaped(text) : text; };
  const auto link = [&](std::uint32_t row) {
    const QString name = plain(designName(session.table(), row));
    return format == AnswerFormat::Rich ? QStringLiteral("<a href=\"%1\">%2</a>").arg(AnswerLink, name) : name;
  };
  const QString leftOut = leftOutText(answer);
  if (answer.best) {
    for (const Metric metric : {Metric::Energy, Metric::Latency})
      if (std::find(metrics.begin(), metrics.end(), metric) == metrics.end()) metrics.push_back(metric);
    const QString start =
        QStringLiteral("Best %1 within %2: ").arg(metricTitle(by.metric).toLower(), limitsText(budget));
    const QString end = QStringLiteral(", %1. %2 of %3 %4.")
                            .arg(valuesText(session, *answer.best, metrics))
                            .arg(answer.fitting)
                            .arg(countText(answer.asked, QStringLiteral("design")),
                                 answer.fitting == 1 ? QStringLiteral("fits") : QStringLiteral("fit"));
    return plain(start) + link(*answer.best) + plain(end + validitySentence(session, *answer.best) + leftOut);
  }
  if (!answer.nearest && answer.invalid > 0)
    return plain(
        QStringLiteral("Every design of this view that has a value for every limit is invalid: nothing to "
                       "choose from."));
  if (!answer.nearest)
    return QStringLiteral("No design of this view has a value for every limit: nothing to choose from.");
  const QString nearest = budget.size() == 1 && info(budget.front().metric).sense == Sense::Minimise
                              ? QStringLiteral("the cheapest")
                              : QStringLiteral("the closest");
  return plain(QStringLiteral("No design fits %1; %2 is ").arg(limitsText(budget), nearest)) + link(*answer.nearest) +
         plain(QStringLiteral(", %1.").arg(valuesText(session, *answer.nearest, metrics)) +
               validitySentence(session, *answer.nearest) + leftOut);
}

}  // namespace pimento
