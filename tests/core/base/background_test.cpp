// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/background.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <atomic>
#include <chrono>
#include <thread>

#include "core/base/parallel.h"
#include "tests/core/base/no_threads.h"

using namespace pimento;
using namespace std::chrono_literals;

namespace {

template <class Condition>
bool within(std::chrono::milliseconds time, const Condition &condition) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (!condition() && std::chrono::steady_clock::now() < end)
    QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  return condition();
}

}  // namespace

TEST(Background, postsItsResultInTheThreadOfItsOwner) {
  QObject owner;
  Background background;
  std::thread::id there;
  background.start(&owner, [&](const std::stop_token &, const Background::Post &post) {
    post([&] { there = std::this_thread::get_id(); });
  });
  EXPECT_TRUE(within(10s, [&] { return there != std::thread::id(); }));
  EXPECT_EQ(there, std::this_thread::get_id());
  EXPECT_TRUE(within(10s, [&] { return !background.isRunning(); }));
}

TEST(Background, isLeftToItselfWithItsOwner) {
  struct State {
    std::atomic<bool> goOn = false;
    std::atomic<bool> asked = false;
    std::atomic<bool> posted = false;
  };
  const auto state = std::make_shared<State>();
  QObject owner;
  {
    Background background;
    background.start(&owner, [state](const std::stop_token &stop, const Background::Post &post) {
      while (!state->goOn) std::this_thread::yield();
      state->asked = stop.stop_requested();
      post([state] { state->posted = true; });
    });
    EXPECT_TRUE(background.isRunning());
  }  // it goes on: who waits for it here waits for ever
  EXPECT_FALSE(Background::waitForAll(1ms));
  state->goOn = true;
  EXPECT_TRUE(Background::waitForAll(10s));
  EXPECT_TRUE(state->asked);
  QCoreApplication::processEvents();
  EXPECT_FALSE(state->posted) << "its owner has gone";
}

TEST(Background, isNotHeardOnceItIsLeft) {
  QObject owner;
  Background background;
  const auto posted = std::make_shared<std::atomic<int>>(0);
  const auto posting = [posted](int value) {
    return [posted, value](const std::stop_token &, const Background::Post &post) {
      post([posted, value] { *posted = value; });
    };
  };
  background.start(&owner, posting(1));
  EXPECT_TRUE(Background::waitForAll(10s));
  background.start(&owner, posting(2));  // what the first one posted waits in the queue
  EXPECT_TRUE(within(10s, [&] { return *posted != 0; }));
  EXPECT_EQ(*posted, 2);
  background.start(&owner, posting(3));
  EXPECT_TRUE(Background::waitForAll(10s));
  background.leave();
  QCoreApplication::processEvents();
  EXPECT_EQ(*posted, 2);
}

TEST(Background, isHeardWhenItIsAskedToStop) {
  QObject owner;
  Background background;
  bool told = false;
  background.start(&owner, [&told](const std::stop_token &stop, const Background::Post &post) {
    while (!stop.stop_requested()) std::this_thread::yield();
    post([&told] { told = true; });
  });
  background.requestStop();
  EXPECT_TRUE(within(10s, [&] { return told; }));
}

TEST(Background, isDoneInPlaceWhereThereIsNoThread) {
  QObject owner;
  Background background;
  std::thread::id there;
  bool posted = false;
  {
    const test::NoThreads none;
    background.start(&owner, [&](const std::stop_token &, const Background::Post &post) {
      there = std::this_thread::get_id();
      post([&] { posted = true; });
    });
    EXPECT_EQ(test::NoThreads::refused(), 1);
  }
  EXPECT_EQ(there, std::this_thread::get_id());
  EXPECT_FALSE(posted) << "what is posted comes later, as from a thread";
  EXPECT_FALSE(background.isRunning());
  EXPECT_TRUE(within(10s, [&] { return posted; }));
  EXPECT_TRUE(Background::waitForAll(1ms));
}

TEST(ParallelFor, doesAllWithTheThreadsThatThereAre) {
  std::vector<int> done(100);
  {
    const test::NoThreads none;
    parallelFor(
        done.size(), {}, [&](std::size_t i) { ++done[i]; }, 4);
    EXPECT_EQ(test::NoThreads::refused(), 1) << "it does not ask again and again";
  }
  EXPECT_EQ(done, std::vector<int>(100, 1));
}
