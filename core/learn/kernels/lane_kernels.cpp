// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/kernels/lane_kernels.h"

namespace pimento::learn {

std::vector<const LaneKernels *> usableLaneKernels() {
  std::vector<const LaneKernels *> usable{&PlainLaneKernels};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) usable.push_back(&Avx2LaneKernels);
  if (__builtin_cpu_supports("avx512f")) usable.push_back(&Avx512LaneKernels);
#endif
  return usable;
}

const LaneKernels &laneKernels() {
  static const LaneKernels &fastest = *usableLaneKernels().back();
  return fastest;
}

}  // namespace pimento::learn
