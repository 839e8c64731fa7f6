// SPDX-License-Identifier: GPL-3.0-or-later
#define LANE_BYTES 16
#define LANE_PIXELS 2
#include "core/learn/kernels/lane_kernels_code.h"

namespace pimento::learn {

const LaneKernels PlainLaneKernels = LANE_KERNELS("plain");

}  // namespace pimento::learn
