// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/segment_kernels.h"

namespace pimento {

const std::vector<const SegmentKernels *> &usableSegmentKernels() {
  static const std::vector<const SegmentKernels *> usable = [] {
    std::vector<const SegmentKernels *> list;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512f"))
      list.push_back(&Avx512SegmentKernels);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) list.push_back(&Avx2SegmentKernels);
#endif
    list.push_back(&PlainSegmentKernels);
    return list;
  }();
  return usable;
}

const SegmentKernels &segmentKernels() { return *usableSegmentKernels().front(); }

}  // namespace pimento
