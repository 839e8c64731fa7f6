// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_imports.h"

#include <memory>
#include <utility>

#include "core/base/error.h"

namespace pimento {

void RunImports::read(const QString &directory, Taken taken, Failed failed) {
  m_asked.push_back({directory, std::move(taken), std::move(failed)});
  if (!m_busy) next();
}

void RunImports::next() {
  m_busy = !m_asked.empty();
  if (!m_busy) return;
  const Asked asked = std::move(m_asked.front());
  m_asked.pop_front();
  m_background.start(this, [this, asked](const std::stop_token &, const Background::Post &post) {
    const auto run = std::make_shared<TrainingRun>();
    QString problem;
    try {
      *run = importRun(asked.directory);
    } catch (const Error &error) {
      problem = error.message();
    }
    post([this, asked, run, problem] {
      next();
      if (problem.isEmpty())
        asked.taken(std::move(*run));
      else
        asked.failed(problem);
    });
  });
}

}  // namespace pimento
