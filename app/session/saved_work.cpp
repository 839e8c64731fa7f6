// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/saved_work.h"

#include <algorithm>

#include "app/session/session.h"

namespace pimento {

namespace {

QStringList namesOf(const std::vector<StoredTable> &tables) {
  QStringList names;
  for (const StoredTable &table : tables) names << table.name;
  return names;
}

}  // namespace

SavedWork::SavedWork(const Session &session)
    : m_tables(namesOf(session.definitions().tables)),
      m_estimates(session.definitions().estimates),
      m_accelerators(session.definitions().accelerators),
      m_runs(session.definitions().runs),
      m_view(session.view()) {}

bool SavedWork::madeMore(const Project &now) const {
  return namesOf(now.tables) != m_tables || now.estimates != m_estimates || now.accelerators != m_accelerators ||
         !std::ranges::equal(now.runs, m_runs, [](const TrainingRun &a, const TrainingRun &b) { return sameAs(a, b); });
}

bool SavedWork::isLostWith(const Session &session) const {
  if (!session.isOpen()) return false;
  const ViewState &view = session.view();
  if (madeMore(session.definitions()) || view.pins != m_view.pins) return true;
  const bool supposed = view.whatIf != m_view.whatIf || view.whatIfBits != m_view.whatIfBits;
  if (session.hasEstimates() && supposed) return true;
  if (session.path().isEmpty()) return false;  // a look at what one click opens
  ViewState now = view;
  now.sort = m_view.sort;
  now.zoom = m_view.zoom;
  now.whatIf = m_view.whatIf;
  now.whatIfBits = m_view.whatIfBits;
  return now != m_view;
}

}  // namespace pimento
