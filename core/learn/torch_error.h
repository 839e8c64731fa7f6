// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>

namespace pimento::learn {

// Runs it; what LibTorch throws becomes an Error of one line, without its backtrace.
int guarded(const std::function<int()> &work);

}  // namespace pimento::learn
