// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inference_text.h"

#include <algorithm>
#include <cmath>

#include "app/session/labels.h"
#include "core/base/format.h"

namespace pimento {

namespace {

QString listed(const QStringList &names) {
  if (names.size() < 2) return names.value(0);
  return names.mid(0, names.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + names.back();
}

QString energyText(double energy_uj) { return shortValue(Metric::Energy, energy_uj); }

std::size_t dearestOf(const std::vector<InferenceCost> &costs) {
  return static_cast<std::size_t>(std::ranges::max_element(costs, {}, &InferenceCost::energy_uj) - costs.begin());
}

// "The cheapest that does, 0.25x, spends 68 µJ; 1.0x takes 12 times as much."
QString savingText(const Inference &inference, const std::vector<InferenceCost> &costs,
                   const std::vector<std::size_t> &right) {
  if (costs.size() != inference.answers.size() || right.empty()) return {};
  const std::size_t cheapest = *std::ranges::min_element(right, {}, [&](std::size_t i) { return costs[i].energy_uj; });
  const std::size_t dearest = dearestOf(costs);
  const QString name = variantTitle(inference.answers[cheapest].variant);
  if (cheapest == dearest || costs[cheapest].energy_uj <= 0)
    return QStringLiteral(" Only %1 at %2 gets it.").arg(name, energyText(costs[cheapest].energy_uj));
  return QStringLiteral(" The cheapest that does, %1, spends %2; %4 takes %3 times as much.")
      .arg(name, energyText(costs[cheapest].energy_uj),
           fourDigits(std::round(100 * costs[dearest].energy_uj / costs[cheapest].energy_uj) / 100),
           variantTitle(inference.answers[dearest].variant));
}

}  // namespace

std::optional<bool> isRight(const Inference &inference, const Answer &answer) {
  if (!inference.truth) return std::nullopt;
  return answer.best() == static_cast<std::size_t>(*inference.truth);
}

QString className(const Inference &inference, std::size_t index) {
  const QString name = inference.classes.value(static_cast<qsizetype>(index));
  bool number = false;
  (void)name.toInt(&number);
  return number || name.isEmpty() ? QStringLiteral("class %1").arg(index) : name;
}

QString inferenceTakeaway(const Inference &inference, const std::vector<InferenceCost> &costs) {
  QStringList wrong;
  QStringList all;
  std::vector<std::size_t> agreeing;  // with the truth, or with the dearest variant where there is none
  const std::size_t reference = costs.size() == inference.answers.size() && !costs.empty() ? dearestOf(costs) : 0;
  const std::size_t wanted = inference.truth             ? static_cast<std::size_t>(*inference.truth)
                             : inference.answers.empty() ? 0
                                                         : inference.answers[reference].best();
  for (std::size_t i = 0; i < inference.answers.size(); ++i) {
    const Answer &answer = inference.answers[i];
    all << variantTitle(answer.variant);
    if (answer.best() == wanted)
      agreeing.push_back(i);
    else
      wrong << QStringLiteral("%1 (%2)").arg(variantTitle(answer.variant), className(inference, answer.best()));
  }
  if (all.isEmpty()) return {};
  const QString what = className(inference, wanted);
  if (!inference.truth) {
    if (wrong.isEmpty()) return QStringLiteral("All answer %1.").arg(what) + savingText(inference, costs, agreeing);
    return QStringLiteral("%1 answers %2; otherwise: %3.")
        .arg(variantTitle(inference.answers[reference].variant), what, listed(wrong));
  }
  if (agreeing.empty()) return QStringLiteral("It is %1, and none gets it: %2.").arg(what, listed(wrong));
  if (wrong.isEmpty() && all.size() == 1) return QStringLiteral("%1 gets it: %2.").arg(all.front(), what);
  if (wrong.isEmpty()) return QStringLiteral("All get it: %1.").arg(what) + savingText(inference, costs, agreeing);
  return QStringLiteral("It is %1; wrong: %2.").arg(what, listed(wrong)) + savingText(inference, costs, agreeing);
}

ReportTable inferenceReport(const Inference &inference, const std::vector<InferenceCost> &costs) {
  ReportTable table;
  for (const char *name :
       {"variant", "answer", "right", "certainty_pct", "next", "energy_uj", "latency_us", "share_pct"})
    table.columns << QString::fromLatin1(name);
  const bool known = costs.size() == inference.answers.size() && !costs.empty();
  for (std::size_t i = 0; i < inference.answers.size(); ++i) {
    const Answer &answer = inference.answers[i];
    const std::vector<std::size_t> order = answer.order();
    const auto right = isRight(inference, answer);
    std::vector<Cell> row{
        answer.variant, className(inference, order[0]),
        right ? Cell(*right ? QStringLiteral("yes") : QStringLiteral("no")) : Cell(), answer.certainty_pct[order[0]],
        order.size() > 1
            ? Cell(QStringLiteral("%1 %2 %").arg(className(inference, order[1]),
                                                 fourDigits(std::round(10 * answer.certainty_pct[order[1]]) / 10)))
            : Cell()};
    if (known) {
      row.insert(row.end(), {costs[i].energy_uj, costs[i].latency_us,
                             100 * costs[i].energy_uj / costs[dearestOf(costs)].energy_uj});
    } else {
      row.resize(table.columns.size());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace pimento
