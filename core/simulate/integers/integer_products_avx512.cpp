// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 64
#define STRIP_KERNELS 8
#include "core/simulate/integers/integer_products_code.h"

namespace pimento {

const IntegerProducts Avx512IntegerProducts = INTEGER_PRODUCTS("AVX-512");

}  // namespace pimento
