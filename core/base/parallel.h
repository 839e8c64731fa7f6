// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

namespace pimento {

// Threads that work beside each other here: as many as the machine has processors, at least one.
[[nodiscard]] inline unsigned workerThreads() { return std::max(1U, std::thread::hardware_concurrency()); }

// Calls work(i) for i in [0, count) from a few threads, in no order, and returns when all calls have. No new call is
// begun once a stop is requested, or work throws: the first exception is thrown again here once all threads are done.
// Where the system gives fewer threads, these do it all. work writes only what belongs to its index.
template <class Work>
void parallelFor(std::size_t count, const std::stop_token &stop, const Work &work, unsigned threads = workerThreads()) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  std::exception_ptr problem;  // written by the thread that sets `failed`
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count && !stop.stop_requested() && !failed; i = next++) work(i);
    } catch (...) {
      if (!failed.exchange(true)) problem = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> workers;
    const auto extra = std::min<std::size_t>(threads, count);
    try {
      for (std::size_t i = 1; i < extra; ++i) workers.emplace_back(run);
    } catch (const std::system_error &) {  // no more of them
    }
    run();
  }
  if (problem) std::rethrow_exception(problem);
}

}  // namespace pimento
