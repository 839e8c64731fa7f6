// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstddef>

// A figure to reach stands beside its measurement as a counter: tests/bench/run prints both in one table.
namespace pimento::bench {

// The time of an iteration is to stay below this.
inline void targetMs(benchmark::State &state, double ms) { state.counters["target_ms"] = ms; }

// A size in 10^6 bytes, and below what it is to stay. It is this that the table shows, not the time.
inline void sizeMb(benchmark::State &state, double mb, double target) {
  state.counters["mb"] = mb;
  state.counters["target_mb"] = target;
}

// Bytes allocated and not freed in this process, mapped blocks included.
inline std::size_t allocatedBytes() {
  const struct mallinfo2 now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

}  // namespace pimento::bench
