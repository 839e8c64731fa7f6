// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/what_if_text.h"

#include <algorithm>
#include <cmath>

#include "app/window/labels.h"
#include "app/window/parameter_labels.h"
#include "app/window/session.h"
#include "app/window/subject.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr Metric Told[] = {Metric::Energy, Metric::Latency, Metric::Power, Metric::Area};

QString factor(double value) { return QString::number(value, 'g', 3) + QLatin1Char('x'); }

// "0.914x to 0.937x the energy" over the changed designs in view; empty if it does not change.
QString rangeOf(const Session &session, Metric metric) {
  double least = 0;
  double most = 0;
  for (const ChangedDesign &design : session.whatIf().designs) {
    const auto before = session.table().at(design.row, metric);
    const auto after = design.at(metric);
    if (!before || !after || before->value <= 0 || !std::isfinite(*after) || *after <= 0) continue;
    const double ratio = *after / before->value;
    least = least == 0 ? ratio : std::min(least, ratio);
    most = std::max(most, ratio);
  }
  const QString low = factor(least);
  const QString high = factor(most);
  if (most == 0 || (low == QStringLiteral("1x") && high == low)) return {};
  return QStringLiteral("%1 the %2")
      .arg(low == high ? low : QStringLiteral("%1 to %2").arg(low, high), metricTitle(metric).toLower());
}

// "28 % of AND2 results wrong (was 0.024 %)", where it changes: a design that saves by erring has saved nothing.
QStringList errorsOf(const WhatIf &whatIf) {
  const QString after = shareText(whatIf.senseErrors);
  const QString before = shareText(whatIf.senseErrorsBase);
  if (after == before) return {};
  return {QStringLiteral("%1 of AND2 results wrong (was %2)").arg(after, before)};
}

}  // namespace

QString whatIfEffect(const Session &session) {
  if (session.view().whatIf.empty()) return {};
  const WhatIf &whatIf = session.whatIf();
  const auto subject = subjectOf(session);
  const SubjectAccelerator accelerator = acceleratorOf(session, subject ? subject->network.name : QString());
  if (!accelerator.problem.isEmpty()) return whatIfText(accelerator);
  if (!whatIf.problem.isEmpty()) return QStringLiteral("Not shown is the %1.").arg(whatIf.problem);
  if (whatIf.designs.empty()) return {};
  QStringList parts = errorsOf(whatIf);
  for (const Metric metric : Told)
    if (const QString range = rangeOf(session, metric); !range.isEmpty()) parts << range;
  const QString designs = whatIf.designs.size() == 1 ? QStringLiteral("1 estimate")
                                                     : QStringLiteral("%1 estimates").arg(whatIf.designs.size());
  const QString alarm = whatIf.alarm.isEmpty() ? QString() : QStringLiteral(" ⚠ ") + asSentence(whatIf.alarm);
  if (parts.isEmpty()) return QStringLiteral("no cost of %1 changes by a thousandth.").arg(designs) + alarm;
  return QStringLiteral("%1 (%2).").arg(parts.join(QStringLiteral(", ")), designs) + alarm;
}

QString whatIfTakeaway(const Session &session) {
  if (session.view().whatIf.empty()) return {};
  const auto subject = subjectOf(session);
  const SubjectAccelerator accelerator = acceleratorOf(session, subject ? subject->network.name : QString());
  const QString effect = whatIfEffect(session);
  if (!accelerator.problem.isEmpty() || !session.whatIf().problem.isEmpty()) return effect;
  const QString what = QStringLiteral("What if %1").arg(changesText(accelerator.base, session.view().whatIf));
  return effect.isEmpty() ? what + QLatin1Char('.') : what + QStringLiteral(": ") + effect;
}

QString whatIfOf(const Session &session, std::uint32_t row) {
  const ChangedDesign *design = session.whatIf().find(row);
  if (design == nullptr) return {};
  QStringList parts;
  for (const Metric metric : Told) {
    const auto before = session.table().at(row, metric);
    const auto after = design->at(metric);
    if (!before || !after) continue;
    parts << QStringLiteral("%1 %2 (%3)")
                 .arg(metricTitle(metric).toLower(), shortValue(metric, *after),
                      differenceText(metric, *after, before->value));
  }
  return QStringLiteral("What-if: ") + parts.join(QStringLiteral(", "));
}

bool hasEstimateOf(const Session &session, const QString &network) {
  const auto &estimates = session.definitions().estimates;
  return std::any_of(estimates.begin(), estimates.end(),
                     [&](const EstimateChoice &choice) { return choice.network == network; });
}

}  // namespace pimento
