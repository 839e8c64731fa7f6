// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <functional>
#include <stop_token>

#include "core/base/error.h"

namespace pimento {

// Follows long work from another thread and can end it. The work reports from the thread that it runs in.
struct Watch {
  std::stop_token stop;
  std::function<void(double share)> progress;  // of the work, from 0 to 1; may be empty

  // To be called every few milliseconds of work. Throws Error naming `place` once a stop is asked for.
  void report(double share, const QString &place) const {
    if (stop.stop_requested()) throw Error(place, QStringLiteral("was left before it was read to its end"));
    if (progress) progress(share);
  }

  // Which tells progress in steps that can be seen: of a hundredth, at least.
  [[nodiscard]] Watch inHundredths() const {
    if (!progress) return *this;
    return {stop, [tell = progress, told = 0.0](double share) mutable {
              if (share < told + 0.01) return;
              told = share;
              tell(share);
            }};
  }

  // Of a part of the work, from one share to another.
  [[nodiscard]] Watch part(double from, double to) const {
    if (!progress) return {stop, {}};
    return {stop, [whole = progress, from, to](double share) { whole(from + share * (to - from)); }};
  }
};

}  // namespace pimento
