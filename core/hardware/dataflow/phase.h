// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstdint>

#include "core/hardware/dataflow/layer_work.h"

namespace pimento {

// Tap dataflow, one side of a map: the pixels that a tap meets. With stride s pixel y = phase + s·j is the j-th of its
// phase. Tap k gives a result at output o for the pixel y = s·o + k - padding, so for j in [begin, end), where output
// o = j - shift. `size` pixels of the phase are stored: those that some tap needs.
struct TapSide {
  int phase = 0;
  int size = 0;
  int begin = 0;
  int end = 0;
  int shift = 0;
};

[[nodiscard]] inline TapSide tapSide(int tap, int inSize, int outSize, const LayerWork &w) {
  const int s = w.stride;
  const int used = std::min(inSize, (outSize - 1) * s + w.kernel - w.padding);
  TapSide side;
  if (s == 1) {  // one phase: no division
    side.size = std::max(0, used);
    side.shift = tap - w.padding;
    side.begin = std::clamp(side.shift, 0, side.size);
    side.end = std::clamp(outSize + side.shift, side.begin, side.size);
    return side;
  }
  side.phase = ((tap - w.padding) % s + s) % s;
  side.size = std::max(0, (used - side.phase + s - 1) / s);
  side.shift = (tap - w.padding - side.phase) / s;
  side.begin = std::clamp(side.shift, 0, side.size);
  side.end = std::clamp(outSize + side.shift, side.begin, side.size);
  return side;
}

// Phases that some tap needs: those of the first min(kernel, stride) taps.
[[nodiscard]] inline int phasesOf(const LayerWork &w) { return std::min(w.kernel, w.stride); }

}  // namespace pimento
