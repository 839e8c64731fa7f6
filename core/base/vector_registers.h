// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// Call before a loop of std::log, std::exp or std::pow in a thread that has painted. Qt's painting code leaves the
// upper halves of the AVX registers in use; then every step between the C library's AVX code and plain SSE code costs
// about 150 ns: a million logarithms took 150 ms in place of 5.
void releaseVectorRegisters();

}  // namespace pimento
