// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 16
#include "core/simulate/bitwise/segment_kernels_code.h"

namespace pimento {

const SegmentKernels PlainSegmentKernels = SEGMENT_KERNELS("plain");

}  // namespace pimento
