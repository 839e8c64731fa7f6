// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Compiles a function twice, for any x86-64 and for those with AVX2 and a popcount instruction; the loader chooses.
// Sanitizers run before the loader's choice is possible, and Clang has no such clones in the versions of Debian 12.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define PIMENTO_WIDE __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define PIMENTO_WIDE
#endif
