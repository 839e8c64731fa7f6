// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/time_left.h"

#include <gtest/gtest.h>

namespace pimento::learn {

namespace {

constexpr double All = 1000;

// A run by a clock of its own.
struct Clock {
  TimeLeft left;
  double now_s = 1e6;
  double done = 0;
  Clock() { left.begin(done, now_s); }
  std::optional<double> pass(double s, double work) {
    now_s += s;
    done += work;
    return left.left_s(done, All, now_s);
  }
};

}  // namespace

TEST(TimeLeft, isNotToldBeforeEnoughIsKnown) {
  Clock often;
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(often.pass(0.5, 1)) << i;
  EXPECT_FALSE(often.pass(0.3, 0.6)) << "less than three seconds";
  ASSERT_TRUE(often.pass(0.5, 1));
  Clock seldom;
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(seldom.pass(20, 1)) << "few updates, and each may be odd";
  EXPECT_NEAR(*seldom.pass(20, 1), 20 * (All - 5), 1e-6);
}

TEST(TimeLeft, doesNotRestOnTheFirstUpdates) {
  Clock run;
  run.pass(3, 0.1);  // memory is touched, caches are cold
  run.pass(0.5, 0.2);
  std::optional<double> left_s;
  for (int i = 0; i < 10; ++i) left_s = run.pass(0.5, 1);
  ASSERT_TRUE(left_s);
  EXPECT_NEAR(*left_s, (All - run.done) / 2, 1e-6);
}

TEST(TimeLeft, isNotChangedByAPauseOfTheMachine) {
  Clock run;
  for (int i = 0; i < 20; ++i) run.pass(0.5, 1);
  const auto after = run.pass(3600, 1);
  EXPECT_NEAR(*after, (All - run.done) / 2, 1e-6);
  const auto later = run.pass(0.5, 1);
  EXPECT_NEAR(*later, (All - run.done) / 2, 1e-6);
}

TEST(TimeLeft, followsARateThatStaysOtherwise) {
  Clock run;
  for (int i = 0; i < 100; ++i) run.pass(0.5, 1);
  std::optional<double> left_s;
  for (int i = 0; i < 40; ++i) left_s = run.pass(0.5, 0.5);
  EXPECT_NEAR(*left_s, All - run.done, 1e-6);
}

TEST(TimeLeft, forgetsTheRateOfAnotherStage) {
  Clock run;
  for (int i = 0; i < 20; ++i) run.pass(0.5, 1);
  run.left.begin(run.done, run.now_s);
  EXPECT_FALSE(run.pass(0.5, 3));
}

TEST(TimeLeft, isNoneWhenAllIsDone) {
  Clock run;
  std::optional<double> left_s;
  for (int i = 0; i < 20; ++i) left_s = run.pass(1, All / 10);
  EXPECT_EQ(left_s, 0);
}

}  // namespace pimento::learn
