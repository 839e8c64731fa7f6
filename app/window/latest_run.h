// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace pimento {

// Work in a thread of its own of which only the latest counts: what was asked before is stopped, and never answers.
// The work returns what is to be done with its result in the window's thread. Being destroyed stops it.
class LatestRun : public QObject {
  Q_OBJECT
 public:
  using Answer = std::function<void()>;
  using Work = std::function<Answer(const std::stop_token &)>;  // throws nothing; looks at the token often

  explicit LatestRun(QObject *parent = nullptr) : QObject(parent) {}
  ~LatestRun() override;

  void start(Work work);
  void stop();  // without an answer
  [[nodiscard]] bool isRunning() const { return m_asked != m_answered; }

 private:
  void loop(const std::stop_token &ended);
  void finish(quint64 id, const Answer &answer);

  quint64 m_asked = 0;
  quint64 m_answered = 0;
  std::mutex m_mutex;
  std::condition_variable_any m_wake;
  std::optional<std::pair<quint64, Work>> m_next;
  std::stop_source m_stop;
  std::jthread m_thread;  // last: it ends before what it uses
};

}  // namespace pimento
