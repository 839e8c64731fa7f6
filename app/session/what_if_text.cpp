// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/what_if_text.h"

#include <algorithm>
#include <cmath>

#include "app/session/labels.h"
#include "app/session/parameter_labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/format.h"
#include "core/base/warning_level.h"
#include "core/hardware/estimate/findings.h"

namespace pimento {

namespace {

constexpr Metric Told[] = {Metric::Energy, Metric::Latency, Metric::Power, Metric::Area};

QString factor(double value) { return QString::number(value, 'g', 3) + QLatin1Char('x'); }

// "0.914x to 0.937x the energy" over the changed designs in view; empty if it does not change. A cost that was zero has
// no ratio, and says so.
QString rangeOf(const Session &session, Metric metric) {
  std::vector<double> ratios;
  bool fromZero = false;
  for (const ChangedDesign &design : session.whatIf().designs) {
    const auto before = session.table().at(design.row, metric);
    const auto after = design.at(metric);
    if (!before || !after || !std::isfinite(*after)) continue;
    if (before->value != 0)
      ratios.push_back(*after / before->value);
    else
      fromZero = fromZero || *after != 0;
  }
  const QString name = metricTitle(metric).toLower();
  const QString zero = fromZero ? QStringLiteral("%1 %2").arg(name, DividesByZero) : QString();
  if (ratios.empty()) return zero;
  const auto [least, most] = std::ranges::minmax(ratios);
  const QString low = factor(least);
  const QString high = factor(most);
  if (low == QStringLiteral("1x") && high == low) return zero;
  const QString range = low == high ? low : QStringLiteral("%1 to %2").arg(low, high);
  return QStringLiteral("%1 the %2").arg(range, name) + (fromZero ? QStringLiteral(", ") + zero : QString());
}

struct Errors {
  QString op;
  double rate = 0;
};

Errors errorsOf(const Accelerator &accelerator) {
  const SenseOp op = computingOp(accelerator);
  return {QString::fromLatin1(SenseOpNames[static_cast<std::size_t>(op)]),
          buildArray(accelerator).at(op).strobed_error_rate};
}

// "28 % of AND2 results wrong (was 0.024 %)", where it changes: a design that saves by erring has saved nothing. Of the
// accelerator at hand, as the chain beside it shows.
QStringList errorsOf(const SubjectAccelerator &at) {
  if (!at.isChanged()) return {};
  const Errors before = errorsOf(at.base);
  const Errors after = errorsOf(at.changed);
  if (shareText(after.rate) == shareText(before.rate) && after.op == before.op) return {};
  const QString was = after.op == before.op ? QString() : QStringLiteral(" of ") + before.op;
  return {QStringLiteral("%1 of %2 results wrong (was %3%4)")
              .arg(shareText(after.rate), after.op, shareText(before.rate), was)};
}

// "⚠ Invalid: AND2 margin …", and where it is not said of all: "⚠ 4 of 8 estimates, on sot-mram-tmr-43: invalid: …"
QString alarmOf(const Session &session) {
  const WhatIf &whatIf = session.whatIf();
  if (whatIf.alarm.isEmpty()) return {};
  std::size_t alarmed = 0;
  QStringList profiles;
  for (const ChangedDesign &design : whatIf.designs) {
    if (design.alarm.isEmpty() || levelOf(design.alarm) != levelOf(whatIf.alarm)) continue;
    ++alarmed;
    profiles << platformTitle(session.table().name(session.table().key(design.row).platform));
  }
  profiles.removeDuplicates();
  if (alarmed == whatIf.designs.size()) return QStringLiteral(" ⚠ ") + asSentence(whatIf.alarm);
  return QStringLiteral(" ⚠ %1 of %2, on %3: %4.")
      .arg(alarmed)
      .arg(countText(whatIf.designs.size(), QStringLiteral("estimate")), profiles.join(QStringLiteral(", ")),
           whatIf.alarm);
}

}  // namespace

QString whatIfEffect(const Session &session) {
  if (!session.view().supposes()) return {};
  const WhatIf &whatIf = session.whatIf();
  const auto subject = subjectOf(session);
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject ? subject->network.name : QString());
  if (!accelerator.problem.isEmpty()) return whatIfText(accelerator);
  if (!whatIf.problem.isEmpty()) return QStringLiteral("Not shown is the %1.").arg(whatIf.problem);
  if (whatIf.designs.empty()) return {};
  QStringList parts = errorsOf(accelerator);
  for (const Metric metric : Told)
    if (const QString range = rangeOf(session, metric); !range.isEmpty()) parts << range;
  const QString designs = countText(whatIf.designs.size(), QStringLiteral("estimate"));
  const QString alarm = alarmOf(session);
  if (parts.isEmpty()) return QStringLiteral("no cost of %1 changes by a thousandth.").arg(designs) + alarm;
  return QStringLiteral("%1 (%2).").arg(parts.join(QStringLiteral(", ")), designs) + alarm;
}

QString whatIfTakeaway(const Session &session) {
  if (!session.view().supposes()) return {};
  const auto subject = subjectOf(session);
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject ? subject->network.name : QString());
  const QString effect = whatIfEffect(session);
  if (!accelerator.problem.isEmpty() || !session.whatIf().problem.isEmpty()) return effect;
  QStringList changes;
  if (!session.view().whatIf.empty()) changes << changesText(accelerator.base, session.view().whatIf);
  if (const auto &bits = session.view().whatIfBits)
    changes << QStringLiteral("%1:%2 bits (accuracies stay as they are)").arg(bits->weights).arg(bits->activations);
  const QString what = QStringLiteral("What if %1").arg(changes.join(QStringLiteral(", ")));
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
  const auto &bits = session.view().whatIfBits;
  const QString at = bits ? QStringLiteral(" at %1:%2 bits").arg(bits->weights).arg(bits->activations) : QString();
  QString text = QStringLiteral("What-if%1: %2").arg(at, parts.join(QStringLiteral(", ")));
  const Judgement &judgement = design->judgement;
  if (judgement.validity != Validity::Valid)
    text += QStringLiteral(" %1 %2: %3")
                .arg(validityGlyph(judgement.validity), validityName(judgement.validity), judgement.reason);
  return text;
}

}  // namespace pimento
