// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/vector_registers.h"

namespace pimento {

void releaseVectorRegisters() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx")) asm volatile("vzeroupper");
#endif
}

}  // namespace pimento
