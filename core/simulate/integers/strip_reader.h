// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/simulate/integers/integer_program.h"

namespace pimento {

// The patches of a layer's input in the order that IntegerProducts::strip reads them. Activations of 16 bits lie past
// what a signed factor holds: they are given less 2^15 (`offset`).
class StripReader {
 public:
  StripReader(const IntegerLayer &layer, const Map &map);

  [[nodiscard]] int offset() const { return m_offset; }

  // Goes to the strip that begins with this pixel, row by row.
  void moveTo(std::int64_t firstPixel);

  // Pairs of taps of `channels` channels from `channel` on: (channels x kernel area + 1) / 2; after an odd number of
  // taps comes a zero. Pixels past the last are zero too.
  void read(int channel, int channels, std::int16_t *operands) const;

 private:
  struct Run {
    int to = 0;             // first pixel in the strip
    std::int64_t from = 0;  // where its patch begins in a plane
    int pixels = 0;
  };
  void pair(const std::int16_t *first, const std::int16_t *second, std::int16_t *operands) const;

  int m_kernel;
  int m_stride;
  int m_offset;
  int m_height;  // of a padded plane
  int m_width;
  int m_outWidth;
  std::int64_t m_pixels;
  bool m_neighbours;  // pixels of a run are neighbours in the plane
  std::vector<std::int16_t> m_padded;
  std::vector<std::int16_t> m_none;  // a plane of zeros
  std::vector<Run> m_runs;
};

}  // namespace pimento
