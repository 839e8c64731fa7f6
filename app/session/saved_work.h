// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/session/view_state.h"
#include "core/project/project.h"

namespace pimento {

class Session;

// The work of a session as it was opened or saved last, to tell whether something would be lost with what has become
// of it that one click does not make again.
class SavedWork {
 public:
  SavedWork() = default;
  explicit SavedWork(const Session &session);

  // Tables, runs, estimates, kept profiles, pins, and parameters that are supposed of estimates; of work that has a
  // file, what else of the view the file keeps but for sort and zoom.
  [[nodiscard]] bool isLostWith(const Session &session) const;

 private:
  [[nodiscard]] bool madeMore(const Project &now) const;

  QStringList m_tables;  // they come and never change
  std::vector<EstimateChoice> m_estimates;
  std::map<QString, QByteArray> m_accelerators;
  std::vector<TrainingRun> m_runs;
  ViewState m_view;
};

}  // namespace pimento
