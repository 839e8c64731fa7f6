// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of what makes an estimate doubtful or invalid, and of what is warned of. Everything that judges an
// estimate (tables, alarms, chain, what-if) does so through findings.h, which reads these.
#pragma once
#include <limits>

namespace pimento {

inline constexpr double NoLimit = std::numeric_limits<double>::infinity();

// A value above `doubtful` makes a design doubtful, above `invalid` invalid. What a profile sets takes the place of
// `doubtful` where the comment names its parameter.
struct ValidityLimit {
  double doubtful = NoLimit;
  double invalid = NoLimit;
};

// Share of wrong results at the strobe, of the operation that the dataflow uses: READ if latched, else AND2. Doubtful:
// about what is left beyond three deviations (1.3e-3), where a design counts as weak (WeakOffsets). Invalid: one wrong
// AND in a hundred; of the 512 of a row, five.
inline constexpr ValidityLimit SenseErrorLimit{1e-3, 1e-2};

// Share of failed writes at the write current. Doubtful: above write_error_target, by more than the fitted formula is
// solved to. Invalid: one wrong weight bit in a hundred.
inline constexpr ValidityLimit WriteErrorLimit{NoLimit, 1e-2};
inline constexpr double WriteErrorTolerance = 0.01;

// Chance that one READ flips a cell. Doubtful: a flip in a quarter of an hour of a billion reads a second. Invalid: the
// cell has lost its bit after a hundred reads.
inline constexpr ValidityLimit ReadDisturbLimit{1e-12, 1e-2};

// Power over power_cap_w, beyond rounding: the schedule could not keep it.
inline constexpr ValidityLimit PowerLimit{NoLimit, 1 + 1e-6};

// Retention has its limit in the profile: retention_target.

// Warned of, without a doubt about the results: cells worn out within so many years of continuous use.
inline constexpr double ShortLife_years = 1;

}  // namespace pimento
