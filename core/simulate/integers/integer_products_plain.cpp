// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 16
#if defined(__aarch64__)
#define STRIP_KERNELS 2  // 32 registers
#else
#define STRIP_KERNELS 1
#endif
#include "core/simulate/integers/integer_products_code.h"

namespace pimento {

const IntegerProducts PlainIntegerProducts = INTEGER_PRODUCTS("plain");

}  // namespace pimento
