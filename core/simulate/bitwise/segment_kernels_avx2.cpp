// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 32
#include "core/simulate/bitwise/segment_kernels_code.h"

namespace pimento {

const SegmentKernels Avx2SegmentKernels = SEGMENT_KERNELS("AVX2");

}  // namespace pimento
