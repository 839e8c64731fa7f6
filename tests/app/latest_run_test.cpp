// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/latest_run.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QThread>
#include <atomic>

#include "tests/core/base/no_threads.h"

using namespace pimento;

namespace {

// Works until it is stopped.
LatestRun::Work endless(std::atomic<int> &started, std::atomic<int> &stopped) {
  return [&](const std::stop_token &stop) -> LatestRun::Answer {
    ++started;
    while (!stop.stop_requested()) QThread::yieldCurrentThread();
    ++stopped;
    return [] { ADD_FAILURE() << "what was stopped does not answer"; };
  };
}

}  // namespace

TEST(LatestRun, answersInTheThreadOfItsOwner) {
  LatestRun run;
  QThread *worked = nullptr;
  QThread *answered = nullptr;
  run.start([&](const std::stop_token &) -> LatestRun::Answer {
    worked = QThread::currentThread();
    return [&] { answered = QThread::currentThread(); };
  });
  EXPECT_TRUE(run.isRunning());
  ASSERT_TRUE(QTest::qWaitFor([&] { return answered != nullptr; }));
  EXPECT_EQ(answered, QThread::currentThread());
  EXPECT_NE(worked, answered);
  EXPECT_FALSE(run.isRunning());
}

TEST(LatestRun, onlyTheLatestAnswers) {
  std::atomic<int> started = 0;
  std::atomic<int> stopped = 0;
  int last = 0;
  LatestRun run;
  run.start(endless(started, stopped));
  ASSERT_TRUE(QTest::qWaitFor([&] { return started == 1; }));
  for (int i = 1; i <= 20; ++i)
    run.start([&last, i](const std::stop_token &) -> LatestRun::Answer {
      return [&last, i] {
        EXPECT_EQ(last, 0) << "nothing else has answered";
        last = i;
      };
    });
  ASSERT_TRUE(QTest::qWaitFor([&] { return last == 20; }));
  EXPECT_EQ(stopped, 1);
}

TEST(LatestRun, isStoppedWithItsOwner) {
  std::atomic<int> started = 0;
  std::atomic<int> stopped = 0;
  {
    LatestRun run;
    run.start(endless(started, stopped));
    ASSERT_TRUE(QTest::qWaitFor([&] { return started == 1; }));
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return stopped == 1; }));
  LatestRun run;
  run.start(endless(started, stopped));
  ASSERT_TRUE(QTest::qWaitFor([&] { return started == 2; }));
  run.stop();
  EXPECT_FALSE(run.isRunning());
  ASSERT_TRUE(QTest::qWaitFor([&] { return stopped == 2; }));
}

TEST(LatestRun, answersWhereThereIsNoThread) {
  LatestRun run;
  int answers = 0;
  const LatestRun::Work work = [&](const std::stop_token &) -> LatestRun::Answer { return [&] { ++answers; }; };
  {
    const test::NoThreads none;
    run.start(work);
    EXPECT_EQ(test::NoThreads::refused(), 1);
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return answers == 1; }));
  EXPECT_FALSE(run.isRunning());
  run.start(work);
  ASSERT_TRUE(QTest::qWaitFor([&] { return answers == 2; })) << "it goes on with a thread";
}
