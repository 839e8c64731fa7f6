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
#include "core/project/project_points.h"

namespace pimento {

namespace {

std::optional<std::uint32_t> rowAtHand(const Session &session) {
  if (session.selected()) return session.selected();
  return session.rows().empty() ? std::nullopt : std::optional(session.rows().front());
}

int classesOf(const QString &dataset) {
  if (dataset == QStringLiteral("cifar-10")) return 10;
  if (dataset == QStringLiteral("cifar-100")) return 100;
  if (dataset == QStringLiteral("imagenet")) return 1000;
  return 0;  // the family's default
}

bool isFamily(const QString &network) {
  return std::any_of(families().begin(), families().end(),
                     [&](const Family &family) { return network == QLatin1String(family.name); });
}

// The network that a run trained and its variant of this name, as `subject`; false if the project has no such run.
bool takeRun(const Session &session, const DesignKey &key, Subject &subject) {
  const DesignTable &table = session.table();
  const TrainingRun *run = findRun(session.definitions(), table.name(key.run));
  if (run == nullptr) return false;
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

}  // namespace

std::optional<Subject> subjectOf(const Session &session) {
  const auto row = rowAtHand(session);
  if (!row) return std::nullopt;
  const DesignTable &table = session.table();
  const DesignKey &key = table.key(*row);
  try {
    Subject subject;
    if (!takeRun(session, key, subject)) {
      if (!isFamily(table.name(key.network))) return std::nullopt;
      subject.classes = classesOf(table.name(key.dataset));
      subject.network = makeNetwork(table.name(key.network), subject.classes);
      subject.variant = findVariant(subject.network, table.name(key.variant));
    }
    subject.bitsAssumed = key.bitsWeights == 0 || key.bitsWeights > 16;  // 32 bits are floats of a GPU
    if (!subject.bitsAssumed) subject.bits = {key.bitsWeights, key.bitsActivations};
    if (session.view().scope() == Scope::Head && hasExtractor(subject.network)) subject.part = Part::Head;
    return subject;
  } catch (const Error &) {
    return std::nullopt;  // a variant that the family does not have
  }
}

QString noSubjectText(const Session &session) {
  const auto row = rowAtHand(session);
  if (!row) return QStringLiteral("No design passes the filters.");
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
