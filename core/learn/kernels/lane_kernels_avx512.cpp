// SPDX-License-Identifier: GPL-3.0-or-later
#define LANE_BYTES 64
#define LANE_PIXELS 6
#include "core/learn/kernels/lane_kernels_code.h"

namespace pimento::learn {

const LaneKernels Avx512LaneKernels = LANE_KERNELS("AVX-512");

}  // namespace pimento::learn
