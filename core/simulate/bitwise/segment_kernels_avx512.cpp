// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 64
#include "core/simulate/bitwise/segment_kernels_code.h"

namespace pimento {

const SegmentKernels Avx512SegmentKernels = SEGMENT_KERNELS("AVX-512");

}  // namespace pimento
