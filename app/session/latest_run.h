// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>

#include "core/base/background.h"

namespace pimento {

// Work beside the window of which only the latest counts: what was asked before is stopped, and never answers. One is
// at work at a time. The work returns what is to be done with its result in the window's thread. Being destroyed stops
// it.
class LatestRun : public QObject {
  Q_OBJECT
 public:
  using Answer = std::function<void()>;
  using Work = std::function<Answer(const std::stop_token &)>;  // throws nothing; looks at the token often

  explicit LatestRun(QObject *parent = nullptr) : QObject(parent) {}

  void start(Work work);
  void stop();  // without an answer
  [[nodiscard]] bool isRunning() const { return m_asked != m_answered; }

 private:
  void next();
  void finish(quint64 id, const Answer &answer);

  quint64 m_asked = 0;
  quint64 m_answered = 0;
  Work m_next;             // waits for the end of what was stopped; may be empty
  bool m_working = false;  // until its end is told, stopped or not
  Background m_background;
};

}  // namespace pimento
