// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 32
#define STRIP_KERNELS 2
#include "core/simulate/integers/integer_products_code.h"

namespace pimento {

const IntegerProducts Avx2IntegerProducts = INTEGER_PRODUCTS("AVX2");

}  // namespace pimento
