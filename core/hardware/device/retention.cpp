// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/retention.h"

namespace pimento {

Retention retention(const DeviceState &state, double bits, double errorTarget, double target_days) {
  constexpr double SecondsPerDay = 86400;
  Retention r;
  r.flips_per_day = flipsPerDay(state, bits);
  r.first_flip_s = SecondsPerDay / r.flips_per_day;
  r.scrub_interval_s = errorTarget * bits * r.first_flip_s;
  r.weak = !(r.first_flip_s >= target_days * SecondsPerDay);  // also where it can not be computed
  return r;
}

}  // namespace pimento
