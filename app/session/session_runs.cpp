// SPDX-License-Identifier: GPL-3.0-or-later
// Training runs in the session's project.
#include <algorithm>

#include "app/session/session.h"
#include "core/base/error.h"
#include "core/explore/design_view.h"

namespace pimento {

namespace {

// A run of the same name that is another one keeps its place.
QString freeRunName(const Project &project, const TrainingRun &run) {
  QString name = run.name;
  const auto other = [&] {
    const TrainingRun *there = findRun(project, name);
    return there != nullptr && writeJob(there->job) != writeJob(run.job);
  };
  for (int i = 2; other(); ++i) name = QStringLiteral("%1 (%2)").arg(run.name).arg(i);
  return name;
}

}  // namespace

QString Session::addRun(TrainingRun run) {
  if (!m_open)
    throw Error(run.name, QStringLiteral("no project is open"), QStringLiteral("open one, or begin a new one"));
  run.name = freeRunName(m_project, run);
  const QString name = run.name;
  const TrainingRun *there = findRun(m_project, name);
  if (there != nullptr && sameAs(*there, run)) return name;
  Project project = m_project;
  pimento::addRun(project, std::move(run));
  Designs to{project.estimates, project.accelerators, project.runs, project.tables, m_view};
  if (m_study.table.size() == 0) {  // its axes were chosen for want of any accuracy
    const ViewState fresh;
    to.view.objectivesByHand = false;
    setAxes(to.view, fresh.x, fresh.y);
  }
  push(QStringLiteral("%1 the run %2").arg(there == nullptr ? QStringLiteral("Add") : QStringLiteral("Renew"), name),
       to);
  return name;
}

void Session::showRun(const QString &name) {
  const TrainingRun *run = findRun(m_project, name);
  if (run == nullptr) return;
  ViewState view = m_view;
  view.filter.datasets = {run->results.data};
  view.filter.networks = {run->job.network.name};
  view.filter.modularTrainings.clear();
  view.zoom.reset();
  view.objectivesByHand = false;
  setAxes(view, Metric::Energy, Metric::Accuracy);
  change(QStringLiteral("Show the run %1").arg(name), view);
  const auto row = std::ranges::find_if(m_rows.rows, [&](std::uint32_t one) {
    return m_study.table.name(m_study.table.key(one).run) == name &&
           m_study.table.at(one, Metric::Energy).has_value() && m_study.table.at(one, Metric::Accuracy).has_value();
  });
  if (row != m_rows.rows.end()) select(*row);
}

}  // namespace pimento
