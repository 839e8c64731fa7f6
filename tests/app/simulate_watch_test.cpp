// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_watch.h"

#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>
#include <thread>

#include "tests/core/base/no_threads.h"

using namespace pimento;

TEST(InterruptWatch, asksTheWorkToStop) {
  {
    const InterruptWatch watch;
    EXPECT_FALSE(watch.interrupted());
    const bool stopped = watch.run([](const std::stop_token &stop) {
      std::raise(SIGINT);
      while (!stop.stop_requested()) std::this_thread::yield();
      return true;
    });
    EXPECT_TRUE(stopped);
    EXPECT_TRUE(watch.interrupted());
  }
  const InterruptWatch next;
  EXPECT_FALSE(next.interrupted()) << "of an interrupt before";
}

TEST(InterruptWatch, leavesSignalsAsTheyWere) {
  const auto before = std::signal(SIGTERM, SIG_IGN);
  { const InterruptWatch watch; }
  EXPECT_EQ(std::signal(SIGTERM, before), SIG_IGN);
}

TEST(InterruptWatch, handsOnWhatTheWorkReturnsOrThrows) {
  const InterruptWatch watch;
  const std::thread::id here = std::this_thread::get_id();
  EXPECT_NE(watch.run([](const std::stop_token &) { return std::this_thread::get_id(); }), here);
  const auto fails = [](const std::stop_token &) -> int { throw std::runtime_error("no more"); };
  EXPECT_THROW(static_cast<void>(watch.run(fails)), std::runtime_error);
  const test::NoThreads none;
  EXPECT_EQ(watch.run([](const std::stop_token &) { return std::this_thread::get_id(); }), here);
  EXPECT_THROW(static_cast<void>(watch.run(fails)), std::runtime_error);
}
