// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_watch.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "app/cli/verb.h"

namespace pimento {

namespace {

volatile std::sig_atomic_t signalled = 0;  // written by the handler alone

void onSignal(int /*number*/) { signalled = 1; }

}  // namespace

InterruptWatch::InterruptWatch()
    : m_interrupt(std::signal(SIGINT, onSignal)),
      m_terminate(std::signal(SIGTERM, onSignal)),
      m_thread([this](const std::stop_token &end) { run(end); }) {}

InterruptWatch::~InterruptWatch() {
  std::signal(SIGINT, m_interrupt);
  std::signal(SIGTERM, m_terminate);
}

bool InterruptWatch::interrupted() const { return signalled != 0; }

void InterruptWatch::run(const std::stop_token &end) {
  while (!end.stop_requested() && signalled == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  if (signalled != 0) m_stop.request_stop();
}

ImagesLine::ImagesLine(QString what) : m_what(std::move(what)), m_terminal(isatty(STDERR_FILENO) != 0) {}

ImagesLine::~ImagesLine() {
  if (m_percent >= 0) std::fputs("\r\x1b[K", stderr);
}

void ImagesLine::show(std::int64_t done, std::int64_t all) {
  const std::lock_guard lock(m_mutex);
  const auto percent = static_cast<int>(done * 100 / all);
  if (!m_terminal || percent == m_percent) return;
  m_percent = percent;
  printError(QStringLiteral("\r%1: %2 of %3 images (%4 %)").arg(m_what).arg(done).arg(all).arg(percent));
}

}  // namespace pimento
