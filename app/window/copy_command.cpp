// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/copy_command.h"

#include "app/window/labels.h"
#include "app/window/session.h"
#include "core/base/format.h"

namespace pimento {

namespace {

QString option(const QString &name) { return QStringLiteral("--") + name; }

QStringList filterWords(const ViewState &view) {
  QStringList words;
  const Filter &filter = view.filter;
  for (const QString &dataset : filter.datasets) words << option(QStringLiteral("dataset")) << dataset;
  for (const QString &network : filter.networks) words << option(QStringLiteral("network")) << network;
  words << option(QStringLiteral("training"))
        << (filter.decoTrainings.isEmpty() ? QStringLiteral("all") : filter.decoTrainings.front());
  words << option(QStringLiteral("scope")) << scopeName(view.scope());
  for (const QString &id : view.corrections) words << option(QStringLiteral("correct")) << id;
  return words;
}

}  // namespace

QStringList frontCommand(const Session &session) {
  const ViewState &view = session.view();
  const QString tables = session.path().isEmpty() ? option(QStringLiteral("published")) : session.path();
  QStringList words{QStringLiteral("pimento"), QStringLiteral("front"), tables, option(QStringLiteral("objectives")),
                    objectivesText(view.objectives)};
  words << filterWords(view);
  for (const auto &[metric, limit] : view.budgets) {
    const bool most = info(metric).sense == Sense::Minimise;
    words << option((most ? QStringLiteral("max-") : QStringLiteral("min-")) + metricKey(metric)) << exactNumber(limit);
  }
  return words;
}

}  // namespace pimento
