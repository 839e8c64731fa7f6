// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

namespace pimento {

inline constexpr int InterruptedExit = 130;  // what a shell gives for an interrupted program

// While it lives, an interrupt asks the work to stop in place of ending the program.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch &) = delete;
  InterruptWatch &operator=(const InterruptWatch &) = delete;

  [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }
  [[nodiscard]] bool interrupted() const;

 private:
  void run(const std::stop_token &end);
  void (*m_interrupt)(int);
  void (*m_terminate)(int);
  std::stop_source m_stop;
  std::jthread m_thread;  // last: ends before the source goes
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
