// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/base/odd_file_systems.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace {

std::atomic<bool> s_locks = true;
std::atomic<bool> s_ownNumbers = true;
std::atomic<int> s_brokenOff = 0;
std::atomic<int> s_allocations = 0;

}  // namespace

extern "C" int flock(int handle, int operation) noexcept {
  if (s_locks) return static_cast<int>(::syscall(SYS_flock, handle, operation));
  errno = ENOLCK;
  return -1;
}

extern "C" int lstat(const char *name, struct stat *facts) noexcept {
  const int result = ::fstatat(AT_FDCWD, name, facts, AT_SYMLINK_NOFOLLOW);
  if (result == 0 && !s_ownNumbers) ++facts->st_ino;
  return result;
}

extern "C" int posix_fallocate(int handle, off_t from, off_t bytes) {
  ++s_allocations;
  if (s_brokenOff-- > 0) return EINTR;
  static const auto real = reinterpret_cast<decltype(&posix_fallocate)>(::dlsym(RTLD_NEXT, "posix_fallocate"));
  return real(handle, from, bytes);
}

namespace pimento::test {

WithoutLocks::WithoutLocks() { s_locks = false; }
WithoutLocks::~WithoutLocks() { s_locks = true; }

WithOtherNumbers::WithOtherNumbers() { s_ownNumbers = false; }
WithOtherNumbers::~WithOtherNumbers() { s_ownNumbers = true; }

void breakOffAllocations(int times) {
  s_allocations = 0;
  s_brokenOff = times;
}

int allocations() { return s_allocations; }

}  // namespace pimento::test
