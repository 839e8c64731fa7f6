// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento::test {

// While one stands, the system has no thread to give: pthread_create(), which is replaced in the test program, fails
// with EAGAIN.
struct NoThreads {
  NoThreads();
  ~NoThreads();
  NoThreads(const NoThreads &) = delete;
  NoThreads &operator=(const NoThreads &) = delete;
  [[nodiscard]] static int refused();  // since the last one was made
};

}  // namespace pimento::test
