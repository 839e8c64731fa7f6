// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/simulate/integers/integer_program.h"

namespace pimento {

// The patches of one map, as the layer's kernels meet them: input channel, kernel row, kernel column; padding holds the
// zero point. A linear layer has one patch, the whole map.
class PatchReader {
 public:
  PatchReader(const IntegerLayer &layer, const Map &map);

  // The patch of the output pixel (y, x); `patch` has room for layer.patch elements.
  void read(int y, int x, std::uint16_t *patch) const;

  // The patch of one channel, for depthwise layers: kernel row, kernel column.
  void readChannel(int channel, int y, int x, std::uint16_t *patch) const;

 private:
  int m_kernel;
  int m_stride;
  int m_channels;
  int m_height;  // with padding
  int m_width;
  bool m_whole;  // the patch is the map
  Map m_padded;
};

}  // namespace pimento
