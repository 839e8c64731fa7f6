// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/last_words.h"

#include <unistd.h>

#include <csignal>
#include <exception>
#include <initializer_list>

namespace pimento {

namespace {

// Nothing here takes memory or a lock: it may run anywhere.
[[noreturn]] void end() {
  constexpr char Words[] =
      "pimento: a library ended unexpectedly, most likely for want of memory; the file it was at is as it was\n";
  static_cast<void>(!::write(STDERR_FILENO, Words, sizeof Words - 1));
  ::_exit(1);
}

void onSignal(int) { end(); }

}  // namespace

void sayLastWords() {
  for (const int signal_ : {SIGSEGV, SIGBUS, SIGFPE, SIGABRT}) std::signal(signal_, onSignal);
  std::set_terminate([] { end(); });
}

}  // namespace pimento
