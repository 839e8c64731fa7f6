// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <csignal>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace pimento {

inline constexpr int InterruptedExit = 130;  // what a shell gives for an interrupted program

// While it lives, an interrupt asks the work that is run by it to stop in place of ending the program.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch &) = delete;
  InterruptWatch &operator=(const InterruptWatch &) = delete;

  // What work(stop token) returns, or throws. The work is done beside this thread, which waits and watches for the
  // interrupt; where the system has no thread to give it is done here, and not heard before its end.
  template <class Work>
  [[nodiscard]] auto run(const Work &work) const {
    std::optional<decltype(work(std::stop_token()))> result;
    std::exception_ptr problem;
    runBeside([&](const std::stop_token &stop) {
      try {
        result.emplace(work(stop));
      } catch (...) {
        problem = std::current_exception();
      }
    });
    if (problem) std::rethrow_exception(problem);
    return std::move(*result);
  }
  [[nodiscard]] bool interrupted() const;

 private:
  static void runBeside(const std::function<void(const std::stop_token &)> &work);
  void (*m_interrupt)(int);
  void (*m_terminate)(int);
};

// A line on a terminal's standard error that counts images.
class ImagesLine {
 public:
  explicit ImagesLine(QString what);
  ~ImagesLine();
  ImagesLine(const ImagesLine &) = delete;
  ImagesLine &operator=(const ImagesLine &) = delete;

  void show(std::int64_t done, std::int64_t all);

 private:
  QString m_what;
  std::mutex m_mutex;
  bool m_terminal;
  int m_percent = -1;
};

}  // namespace pimento
