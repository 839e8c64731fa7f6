// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>
#include <vector>

namespace pimento {

inline constexpr unsigned WorkerThreads = 2;  // beside the window's own

// Calls work(i) for i in [0, count) from a few threads, in no order, and returns when all calls have. No new call is
// begun once a stop is requested. work writes only what belongs to its index, and does not throw.
template <class Work>
void parallelFor(std::size_t count, const std::stop_token &stop, const Work &work, unsigned threads = WorkerThreads) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++) work(i);
  };
  std::vector<std::jthread> workers;
  const auto extra = std::min<std::size_t>(threads, count);
  for (std::size_t i = 1; i < extra; ++i) workers.emplace_back(run);
  run();
}

}  // namespace pimento
