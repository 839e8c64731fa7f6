// SPDX-License-Identifier: GPL-3.0-or-later
#define LANE_BYTES 32
#define LANE_PIXELS 3
#include "core/learn/kernels/lane_kernels_code.h"

namespace pimento::learn {

const LaneKernels Avx2LaneKernels = LANE_KERNELS("AVX2");

}  // namespace pimento::learn
