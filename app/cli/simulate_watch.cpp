// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_watch.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <semaphore>

#include "app/cli/verb.h"
#include "core/base/background.h"

namespace pimento {

namespace {

volatile std::sig_atomic_t signalled = 0;  // written by the handler alone

void onSignal(int /*number*/) { signalled = 1; }

}  // namespace

InterruptWatch::InterruptWatch() {
  signalled = 0;
  m_interrupt = std::signal(SIGINT, onSignal);
  m_terminate = std::signal(SIGTERM, onSignal);
}

InterruptWatch::~InterruptWatch() {
  std::signal(SIGINT, m_interrupt);
  std::signal(SIGTERM, m_terminate);
}

bool InterruptWatch::interrupted() const { return signalled != 0; }

void InterruptWatch::runBeside(const std::function<void(const std::stop_token &)> &work) {
  constexpr std::chrono::milliseconds Look(20);  // a signal is heard within
  const auto done = std::make_shared<std::binary_semaphore>(0);
  Background background;
  background.start(nullptr, [&work, done](const std::stop_token &stop, const Background::Post &) {
    work(stop);
    done->release();
  });
  while (!done->try_acquire_for(Look))
    if (signalled != 0) background.requestStop();
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
