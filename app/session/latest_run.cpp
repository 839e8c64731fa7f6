// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/latest_run.h"

#include <utility>

namespace pimento {

void LatestRun::start(Work work) {
  stop();
  ++m_asked;
  m_next = std::move(work);
  if (!m_working) next();
}

void LatestRun::stop() {
  m_background.requestStop();
  m_next = nullptr;
  m_answered = ++m_asked;
}

void LatestRun::next() {
  if (!m_next) return;
  m_working = true;
  m_background.start(this, [this, id = m_asked, work = std::exchange(m_next, nullptr)](const std::stop_token &stop,
                                                                                       const Background::Post &post) {
    post([this, id, answer = work(stop)] { finish(id, answer); });
  });
}

void LatestRun::finish(quint64 id, const Answer &answer) {
  m_working = false;
  if (id != m_asked) return next();
  m_answered = id;
  if (answer) answer();
}

}  // namespace pimento
