// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/background.h"

#include <QCoreApplication>
#include <QEvent>
#include <atomic>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace pimento {

static std::atomic<int> underWay{0};  // in all threads

// What thread and owner share; either may end first.
struct Background::Shared : std::enable_shared_from_this<Background::Shared> {
  class Relay;
  std::mutex mutex;
  std::stop_source stop;
  Relay *relay = nullptr;                     // null without an owner, and once that has gone
  std::deque<std::function<void()>> actions;  // posted, and not done yet
  Work work;
  std::atomic<bool> done = false;

  void post(std::function<void()> action);
  void doNext();  // in the owner's thread

  void run() {
    work(stop.get_token(),
         [self = shared_from_this()](std::function<void()> action) { self->post(std::move(action)); });
    work = nullptr;  // with all that it owns, before the end is told
    done = true;
  }
};

// In the owner's thread: an event asks it to do what was posted first. The event carries nothing, so that all that
// passes from one thread to the other does so under the mutex.
class Background::Shared::Relay : public QObject {
 public:
  Relay(QObject *owner, std::shared_ptr<Shared> shared) : QObject(owner), m_shared(std::move(shared)) {}
  ~Relay() override {  // with the owner, perhaps
    const std::lock_guard guard(m_shared->mutex);
    if (m_shared->relay == this) m_shared->relay = nullptr;
  }
  Relay(const Relay &) = delete;
  Relay &operator=(const Relay &) = delete;

 protected:
  void customEvent(QEvent * /*event*/) override {
    const auto shared = m_shared;  // what is done may end this
    shared->doNext();
  }

 private:
  const std::shared_ptr<Shared> m_shared;
};

void Background::Shared::post(std::function<void()> action) {
  const std::lock_guard guard(mutex);
  if (relay == nullptr) return;
  actions.push_back(std::move(action));
  QCoreApplication::postEvent(relay, new QEvent(QEvent::User));
}

void Background::Shared::doNext() {
  std::function<void()> action;
  {
    const std::lock_guard guard(mutex);
    if (relay == nullptr || actions.empty()) return;
    action = std::move(actions.front());
    actions.pop_front();
  }
  action();
}

void Background::start(QObject *owner, Work work) {
  leave();
  auto shared = std::make_shared<Shared>();
  if (owner != nullptr) shared->relay = new Shared::Relay(owner, shared);
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
  std::deque<std::function<void()>> unheard;  // ends here: what it holds is the owner's
  const std::lock_guard guard(left->mutex);
  unheard.swap(left->actions);
  if (Shared::Relay *relay = std::exchange(left->relay, nullptr)) relay->deleteLater();
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
