// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento::test {

// While one stands, the system answers as file systems do that no test can mount. The C library's functions are
// replaced in the test program.

// flock(): no locks available, as on network file systems without a daemon for them.
struct WithoutLocks {
  WithoutLocks();
  ~WithoutLocks();
  WithoutLocks(const WithoutLocks &) = delete;
  WithoutLocks &operator=(const WithoutLocks &) = delete;
};

// lstat(): a name has another number than the file that is opened by it.
struct WithOtherNumbers {
  WithOtherNumbers();
  ~WithOtherNumbers();
  WithOtherNumbers(const WithOtherNumbers &) = delete;
  WithOtherNumbers &operator=(const WithOtherNumbers &) = delete;
};

// posix_fallocate(): broken off by a signal so many times; returns how often it was called since.
void breakOffAllocations(int times);
[[nodiscard]] int allocations();

}  // namespace pimento::test
