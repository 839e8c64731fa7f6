// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/base/no_threads.h"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>

namespace {

std::atomic<bool> s_none = false;
std::atomic<int> s_refused = 0;

}  // namespace

extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*begin)(void *),
                              void *argument) noexcept {
  static const auto real = reinterpret_cast<decltype(&pthread_create)>(::dlsym(RTLD_NEXT, "pthread_create"));
  if (!s_none) return real(thread, attributes, begin, argument);
  ++s_refused;
  return EAGAIN;
}

namespace pimento::test {

NoThreads::NoThreads() {
  s_refused = 0;
  s_none = true;
}
NoThreads::~NoThreads() { s_none = false; }
int NoThreads::refused() { return s_refused; }

}  // namespace pimento::test
