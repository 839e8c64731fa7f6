// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/subject.h"

#include <algorithm>

#include "app/window/labels.h"
#include "app/window/parameter_labels.h"
#include "app/window/session.h"
#include "core/base/error.h"
#include "core/hardware/estimate_table.h"
#include "core/hardware/profiles.h"
#include "core/network/families/families.h"
#include "core/network/network_library.h"
#include "core/project/project_points.h"

namespace pimento {

namespace {

bool isFamily(const QString &network) {
  return std::any_of(families().begin(), families().end(),
                     [&](const Family &family) { return network == QLatin1String(family.name); });
}

// The first design in view whose layers are known, else the first; the search ends early in a table of many strangers.
std::optional<std::uint32_t> firstShown(const Session &session) {
  constexpr std::size_t MostAsked = 1000;
  const DesignTable &table = session.table();
  const auto rows = session.rows();
  for (const std::uint32_t row : rows.first(std::min(rows.size(), MostAsked))) {
    const DesignKey &key = table.key(row);
    const bool run = key.run != 0 && findRun(session.definitions(), table.name(key.run)) != nullptr;
    if (!key.reference && (run || isFamily(table.name(key.network)))) return row;
  }
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

std::optional<std::uint32_t> rowAtHand(const Session &session) {
  return session.selected() ? session.selected() : firstShown(session);
}

int classesOf(const QString &dataset) {
  if (dataset == QStringLiteral("cifar-10")) return 10;
  if (dataset == QStringLiteral("cifar-100")) return 100;
  if (dataset == QStringLiteral("imagenet")) return 1000;
  return 0;  // the family's default
}

// The network that a run trained and its variant of this name, as `subject`; false if the project has no such run.
bool takeRun(const Session &session, const DesignKey &key, Subject &subject) {
  const DesignTable &table = session.table();
  const TrainingRun *run = findRun(session.definitions(), table.name(key.run));
  if (run == nullptr) return false;
  subject.run = run->name;
  subject.network = run->job.network;
  subject.variant = variantOf({run->job.network, run->variants}, table.name(key.variant));
  const auto shapes = outputShapes(subject.network, subject.variant);
  subject.classes = shapes[subject.variant.output].channels;
  subject.isFamily = false;
  if (!isFamily(subject.network.name)) return true;
  const NetworkSpec family = makeNetwork(subject.network.name, subject.classes);
  subject.isFamily = family == subject.network && std::find(family.variants.begin(), family.variants.end(),
                                                            subject.variant) != family.variants.end();
  return true;
}

// The estimate of the project that a row shows: of its network, profile and bits. A reference beside estimates stands
// for any of its network.
const EstimateChoice *estimateOf(const Session &session, const DesignKey &key) {
  const DesignTable &table = session.table();
  if (key.profileHash == 0 && !key.reference) return nullptr;
  for (const EstimateChoice &choice : session.definitions().estimates) {
    if (!choice.run.isEmpty() || choice.network != table.name(key.network)) continue;
    if (key.reference) return &choice;
    if (choice.bits.weights != key.bitsWeights || choice.bits.activations != key.bitsActivations) continue;
    if (hash(acceleratorOf(session.definitions(), choice)) == table.name(key.profileHash)) return &choice;
  }
  return nullptr;
}

bool isKnown(const QString &network) { return isFamily(network) || libraryNetworks().contains(network); }

// The network of the row's own estimate with its classes, else the family's with those of the data set.
void takeNetwork(const Session &session, const DesignKey &key, Subject &subject) {
  const DesignTable &table = session.table();
  const QString &variant = table.name(key.variant);
  if (const EstimateChoice *choice = estimateOf(session, key)) {
    const EstimatedNetwork estimated = networkOf(session.definitions(), *choice);
    subject.classes = choice->classes;
    subject.network = estimated.network;
    subject.variant = variantOf(estimated, variant);
    return;
  }
  const QString &network = table.name(key.network);
  subject.classes = isFamily(network) ? classesOf(table.name(key.dataset)) : 0;
  subject.network = makeNetwork(network, subject.classes);
  subject.variant = findVariant(subject.network, variant);
}

}  // namespace

std::optional<Subject> subjectOf(const Session &session) {
  const auto row = rowAtHand(session);
  if (!row) return std::nullopt;
  const DesignTable &table = session.table();
  const DesignKey &key = table.key(*row);
  try {
    Subject subject;
    if (!takeRun(session, key, subject)) {
      if (!isKnown(table.name(key.network))) return std::nullopt;
      takeNetwork(session, key, subject);
    }
    subject.bitsAssumed = key.bitsWeights == 0 || key.bitsWeights > 16;  // 32 bits are floats of a GPU
    if (!subject.bitsAssumed) subject.bits = {key.bitsWeights, key.bitsActivations};
    if (const auto &supposed = session.view().whatIfBits) {
      subject.bits = *supposed;
      subject.bitsAssumed = false;
    }
    if (session.view().scope() == Scope::Head && hasExtractor(subject.network)) subject.part = Part::Head;
    return subject;
  } catch (const Error &) {
    return std::nullopt;  // a variant that the family does not have
  }
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
  const Project &project = session.definitions();
  std::optional<Accelerator> first;
  for (const EstimateChoice &choice : project.estimates) {
    if (choice.network != network) continue;
    const Accelerator accelerator = acceleratorOf(project, choice);
    if (accelerator.name == platform) return accelerator;
    if (!first) first = accelerator;
  }
  return first ? *first : builtInProfile(builtInProfiles().front());
}

SubjectAccelerator acceleratorOf(const Session &session, const QString &network) {
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
