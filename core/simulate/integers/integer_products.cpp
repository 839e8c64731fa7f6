// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/integer_products.h"

namespace pimento {

const std::vector<const IntegerProducts *> &usableIntegerProducts() {
  static const std::vector<const IntegerProducts *> usable = [] {
    std::vector<const IntegerProducts *> list;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512f"))
      list.push_back(&Avx512IntegerProducts);
    if (__builtin_cpu_supports("avx2")) list.push_back(&Avx2IntegerProducts);
#endif
    list.push_back(&PlainIntegerProducts);
    return list;
  }();
  return usable;
}

const IntegerProducts &integerProducts() { return *usableIntegerProducts().front(); }

}  // namespace pimento
