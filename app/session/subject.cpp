// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/subject.h"

#include <algorithm>

#include "app/session/labels.h"
#include "app/session/parameter_labels.h"
#include "app/session/session.h"
#include "core/base/error.h"
#include "core/hardware/estimate/findings.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

// The first design in view whose layers are known, else the first; the search ends early in a table of many strangers.
std::optional<std::uint32_t> firstShown(const Session &session) {
  constexpr std::size_t MostAsked = 1000;
  const auto rows = session.rows();
  for (const std::uint32_t row : rows.first(std::min(rows.size(), MostAsked)))
    if (!session.table().key(row).reference && session.study().originOf(row).network) return row;
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

std::optional<std::uint32_t> rowAtHand(const Session &session) {
  return session.selected() ? session.selected() : firstShown(session);
}

// Whether the program makes the same network and variant by their names: a run may have learned a sub-net of its own.
bool hasByName(const Subject &subject) {
  if (subject.run.isEmpty()) return true;
  if (!isFamily(subject.network.name)) return false;
  const NetworkSpec family = makeNetwork(subject.network.name, subject.classes);
  return family == subject.network &&
         std::find(family.variants.begin(), family.variants.end(), subject.variant) != family.variants.end();
}

}  // namespace

std::optional<Subject> subjectOf(const Session &session) {
  const auto row = rowAtHand(session);
  if (!row) return std::nullopt;
  const DesignKey &key = session.table().key(*row);
  const Origin origin = session.study().originOf(*row);
  const auto variant = origin.variant(session.table().name(key.variant));
  if (!variant) return std::nullopt;
  Subject subject{
      .network = origin.network->network, .variant = *variant, .run = origin.run, .classes = origin.classes};
  subject.isFamily = hasByName(subject);
  subject.bitsAssumed = key.bitsWeights == 0 || key.bitsWeights > 16;  // 32 bits are floats of a GPU
  if (!subject.bitsAssumed) subject.bits = {key.bitsWeights, key.bitsActivations};
  if (const auto &supposed = session.view().whatIfBits) {
    subject.bits = *supposed;
    subject.bitsAssumed = false;
  }
  if (session.view().scope() == Scope::Head && hasExtractor(subject.network)) subject.part = Part::Head;
  return subject;
}

QString noDesignText(const Session &session) {
  if (session.table().size() > 0)
    return QStringLiteral("No design passes the filters: choose another scope, data set, training or network above.");
  return QStringLiteral(
      "This project is empty. Train a network on the Training page, or open a table of designs (.csv) or weights "
      "(.safetensors) with File, Open: their designs appear here.");
}

QString noSubjectText(const Session &session) {
  const auto row = rowAtHand(session);
  if (!row) return noDesignText(session);
  return QStringLiteral("n/a - the layers of %1 are not published").arg(designName(session.table(), *row));
}

Accelerator baseAcceleratorOf(const Session &session, const QString &network) {
  const auto row = rowAtHand(session);
  const QString platform = row ? session.table().name(session.table().key(*row).platform) : QString();
  const Accelerator *first = nullptr;
  for (const auto &estimate : session.study().estimates) {
    if (estimate->choice.network != network) continue;
    if (estimate->accelerator->name == platform) return *estimate->accelerator;
    if (first == nullptr) first = estimate->accelerator.get();
  }
  return first != nullptr ? *first : builtInProfile(builtInProfiles().front());
}

SubjectAccelerator subjectAccelerator(const Session &session, const QString &network) {
  SubjectAccelerator subject{baseAcceleratorOf(session, network), {}, {}};
  subject.changed = subject.base;
  const ParameterChanges &changes = session.view().whatIf;
  if (changes.empty()) return subject;
  try {
    Accelerator changed = withChanges(subject.base, changes, QStringLiteral("what-if"));
    validate(changed, QStringLiteral("what-if"));
    if (!(changed == subject.base)) changed.name += QStringLiteral(" (what-if)");
    subject.changed = std::move(changed);
  } catch (const Error &error) {
    subject.problem = error.message();
  }
  return subject;
}

QString SubjectAccelerator::title() const {
  return isChanged() ? profileTitle(base) + QStringLiteral(" (what-if)") : profileTitle(base);
}

QString profileTitle(const QString &name, const QString &profileHash) {
  const bool changed = builtInProfiles().contains(name) && hash(builtInProfile(name)) != profileHash;
  return changed ? name + QStringLiteral(", changed") : name;
}

QString profileTitle(const Accelerator &accelerator) { return profileTitle(accelerator.name, hash(accelerator)); }

QString validityOf(const Subject &subject, const Accelerator &accelerator, const Machine &machine) {
  const Totals totals = estimateTotals(workOf(subject.network, subject.variant, machine.schedule.layout), machine,
                                       subject.bits, subject.part);
  const Judgement judgement = judge(findings(totals, accelerator, machine));
  if (judgement.validity == Validity::Valid) return {};
  return QStringLiteral("%1 %2 is %3: %4.")
      .arg(validityGlyph(judgement.validity), subjectTitle(subject), validityName(judgement.validity),
           judgement.reason);
}

ParameterChanges SubjectAccelerator::changes() const { return changesBetween(base, changed); }

QString whatIfText(const SubjectAccelerator &accelerator) {
  if (!accelerator.problem.isEmpty()) return QStringLiteral("Not shown is the %1.").arg(accelerator.problem);
  const ParameterChanges changes = accelerator.changes();
  return changes.empty() ? QString() : QStringLiteral("What if: %1.").arg(changesText(accelerator.base, changes));
}

QString subjectTitle(const Subject &subject) {
  return networkTitle(subject.network.name) + QLatin1Char(' ') + variantTitle(subject.variant.name);
}

}  // namespace pimento
