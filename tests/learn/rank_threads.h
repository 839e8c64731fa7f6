// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>

#include "core/learn/ranks/ranks.h"

namespace pimento::test {

// Runs `work` as each of `size` ranks, a thread each; they meet over a file. An exception of one is thrown again here
// when all have ended.
void together(int size, const std::function<void(learn::Ranks &)> &work, int timeout_s = 30);

}  // namespace pimento::test
