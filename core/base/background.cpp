// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/background.h"

#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace pimento {

static std::atomic<int> underWay{0};  // in all threads

// What thread and owner share; either may end first.
struct Background::Shared : std::enable_shared_from_this<Background::Shared> {
  std::mutex mutex;
  std::stop_source stop;
  QObject *owner = nullptr;  // null once it has gone; changed in its thread alone
  Work work;
  std::atomic<bool> done = false;

  void post(std::function<void()> action) {
    const std::lock_guard guard(mutex);
    if (owner == nullptr) return;
    QMetaObject::invokeMethod(
        owner,
        [self = shared_from_this(), action = std::move(action)] {
          if (self->owner != nullptr) action();
        },
        Qt::QueuedConnection);
  }

  void run() {
    work(stop.get_token(),
         [self = shared_from_this()](std::function<void()> action) { self->post(std::move(action)); });
    work = nullptr;  // with all that it owns, before the end is told
    done = true;
  }
};

void Background::start(QObject *owner, Work work) {
  leave();
  auto shared = std::make_shared<Shared>();
  shared->owner = owner;
  shared->work = std::move(work);
  m_shared = shared;
  ++underWay;
  try {
    std::thread([shared]() mutable {
      shared->run();
      shared.reset();
      --underWay;
    }).detach();
  } catch (const std::system_error &) {
    --underWay;
    shared->run();
  }
}

void Background::requestStop() {
  if (m_shared) m_shared->stop.request_stop();
}

bool Background::isRunning() const { return m_shared && !m_shared->done; }

void Background::leave() {
  const auto left = std::exchange(m_shared, nullptr);
  if (!left) return;
  left->stop.request_stop();
  const std::lock_guard guard(left->mutex);
  left->owner = nullptr;
}

bool Background::waitForAll(std::chrono::milliseconds most) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (underWay > 0) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace pimento
