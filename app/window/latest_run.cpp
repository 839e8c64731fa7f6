// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/latest_run.h"

namespace pimento {

LatestRun::~LatestRun() {
  stop();
  m_thread.request_stop();
  if (m_thread.joinable()) m_thread.join();
}

void LatestRun::start(Work work) {
  {
    const std::lock_guard lock(m_mutex);
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_next = {++m_asked, std::move(work)};
  }
  if (!m_thread.joinable()) m_thread = std::jthread([this](const std::stop_token &ended) { loop(ended); });
  m_wake.notify_one();
}

void LatestRun::stop() {
  const std::lock_guard lock(m_mutex);
  m_stop.request_stop();
  m_next.reset();
  m_answered = ++m_asked;
}

void LatestRun::loop(const std::stop_token &ended) {
  std::unique_lock lock(m_mutex);
  while (m_wake.wait(lock, ended, [this] { return m_next.has_value(); })) {
    const auto [id, work] = std::move(*m_next);
    m_next.reset();
    const std::stop_token stopped = m_stop.get_token();
    lock.unlock();
    const Answer answer = work(stopped);
    if (!stopped.stop_requested())
      QMetaObject::invokeMethod(
          this, [this, id = id, answer] { finish(id, answer); }, Qt::QueuedConnection);
    lock.lock();
  }
}

void LatestRun::finish(quint64 id, const Answer &answer) {
  if (id != m_asked) return;
  m_answered = id;
  if (answer) answer();
}

}  // namespace pimento
