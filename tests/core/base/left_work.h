// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <gtest/gtest.h>

#include <chrono>

#include "core/base/background.h"

namespace pimento::test {

// What a test has left to itself is not under way any more when the next test begins, nor when the program ends.
class LeftWorkEnds : public testing::EmptyTestEventListener {
  void OnTestEnd(const testing::TestInfo &) override {
    EXPECT_TRUE(Background::waitForAll(std::chrono::minutes(1))) << "work that nobody asks for goes on";
  }
};

inline void requireLeftWorkToEnd() { testing::UnitTest::GetInstance()->listeners().Append(new LeftWorkEnds); }

}  // namespace pimento::test
