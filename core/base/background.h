// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace pimento {

// Work in a thread of its own for an owner that may go first: then the work is asked to stop and left to itself, waited
// for by nobody, and nothing that it posts is done any more. So the work owns, or shares, all that it uses; its owner
// is touched by what it posts alone. It looks at its token every few milliseconds, so that it ends soon.
//
// The one way to work beside another thread, as parallelFor() of parallel.h is the one way to divide work that is
// waited for. The training engine alone has others: its reader of batches and its listener to requests.
class Background {
 public:
  // Does something in the owner's thread, some time after the call.
  using Post = std::function<void(std::function<void()>)>;
  using Work = std::function<void(const std::stop_token &, const Post &)>;  // throws nothing

  Background() = default;
  ~Background() { leave(); }
  Background(const Background &) = delete;
  Background &operator=(const Background &) = delete;

  // Leaves what was at work. Without an owner (null) nothing that it posts is done. Where the system has no thread to
  // give, the work is done before this returns.
  void start(QObject *owner, Work work);
  void requestStop();  // what it posts is done still
  void leave();        // asks it to stop; nothing of it is heard any more
  [[nodiscard]] bool isRunning() const;

  // Waits until no work is under way any more, whosever it was: for the end of a program. False if some goes on; then
  // the process must end without the destructors of what it uses (std::_Exit).
  [[nodiscard]] static bool waitForAll(std::chrono::milliseconds most);

 private:
  struct Shared;
  std::shared_ptr<Shared> m_shared;  // of the latest work
};

}  // namespace pimento
