// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// Exit codes of pimento-learn; 2 is an error. What was paused goes on when the same command is given again.
inline constexpr int DoneCode = 0;
inline constexpr int PausedCode = 3;
inline constexpr int CancelledCode = 4;

}  // namespace pimento
