// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/copy_command.h"

#include <algorithm>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/format.h"
#include "core/hardware/profile/profiles.h"

namespace pimento {

namespace {

const QString Program = QStringLiteral("pimento");

QString option(const QString &name) { return QStringLiteral("--") + name; }

// As --estimate of a verb makes it.
bool isDefault(const EstimateChoice &estimate) { return estimate == EstimateChoice{.network = estimate.network}; }

// What a verb reads the designs from: the papers and estimates beside them, or the file that is open.
QStringList sourceWords(const Session &session) {
  if (!session.path().isEmpty()) return {session.path()};
  const Project &made = session.definitions();
  if (!made.published || !made.tables.empty()) return {};
  if (!std::all_of(made.estimates.begin(), made.estimates.end(), isDefault)) return {};
  QStringList words{option(QStringLiteral("published"))};
  for (const QString &id : session.view().corrections) words << option(QStringLiteral("correct")) << id;
  for (const EstimateChoice &estimate : made.estimates) words << option(QStringLiteral("estimate")) << estimate.network;
  return words;
}

QStringList filterWords(const ViewState &view) {
  QStringList words;
  const Filter &filter = view.filter;
  for (const QString &dataset : filter.datasets) words << option(QStringLiteral("dataset")) << dataset;
  if (!filter.datasets.isEmpty() && filter.datasetless == Datasetless::Shown)
    words << option(QStringLiteral("without-dataset"));
  for (const QString &network : filter.networks) words << option(QStringLiteral("network")) << network;
  words << option(QStringLiteral("training"))
        << (filter.modularTrainings.isEmpty() ? QStringLiteral("all") : filter.modularTrainings.front());
  return words << option(QStringLiteral("scope")) << scopeName(view.scope());
}

QStringList budgetWords(const ViewState &view) {
  QStringList words;
  for (const auto &[metric, limit] : view.budgets) {
    const bool most = info(metric).sense == Sense::Minimise;
    words << option((most ? QStringLiteral("max-") : QStringLiteral("min-")) + metricKey(metric)) << exactNumber(limit);
  }
  return words;
}

QStringList invalidWords(const ViewState &view) {
  return view.invalid == InvalidDesigns::TakePart ? QStringList{option(QStringLiteral("include-invalid"))}
                                                  : QStringList();
}

// A built-in profile and what to set in it for these parameters: that of the same name, else the default one.
QStringList acceleratorWords(const Accelerator &wanted, const QString &profile) {
  const bool known = builtInProfiles().contains(profile);
  const QString start = known ? profile : builtInProfiles().front();
  QStringList words;
  if (start != builtInProfiles().front()) words << option(QStringLiteral("accelerator")) << start;
  for (const QString &assignment : assignments(changesBetween(builtInProfile(start), wanted)))
    words << option(QStringLiteral("set")) << assignment;
  return words;
}

}  // namespace

QStringList frontCommand(const Session &session) {
  const QStringList source = sourceWords(session);
  if (source.isEmpty()) return {};
  return QStringList{Program, QStringLiteral("front")} + source +
         QStringList{option(QStringLiteral("objectives")), objectivesText(session.view().objectives)} +
         filterWords(session.view()) + budgetWords(session.view()) + invalidWords(session.view());
}

QStringList designsCommand(const Session &session) {
  const QStringList words = frontCommand(session);
  return words.isEmpty() ? words : words + QStringList{option(QStringLiteral("all"))};
}

QStringList estimateCommand(const Session &session, const QString &report) {
  const auto subject = subjectOf(session);
  if (!subject || !subject->isFamily) return {};
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject->network.name);
  QStringList words{Program, QStringLiteral("estimate"),
                    subject->network.name + QLatin1Char(':') + subject->variant.name};
  if (!report.isEmpty()) words << option(report);
  words += QStringList{option(QStringLiteral("bits")),
                       QStringLiteral("%1:%2").arg(subject->bits.weights).arg(subject->bits.activations)};
  if (subject->classes > 0) words << option(QStringLiteral("classes")) << QString::number(subject->classes);
  if (subject->part == Part::Head) words << option(QStringLiteral("scope")) << scopeName(Scope::Head);
  return words + acceleratorWords(accelerator.changed, accelerator.base.name);
}

}  // namespace pimento
