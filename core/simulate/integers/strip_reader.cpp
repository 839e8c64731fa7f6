// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/strip_reader.h"

#include <algorithm>

#include "core/simulate/integers/integer_products.h"

namespace pimento {

namespace {

template <int Pixels>
void interleave(const std::int16_t *first, const std::int16_t *second, std::int16_t *out) {
  for (int x = 0; x < Pixels; ++x) {
    out[2 * x] = first[x];
    out[2 * x + 1] = second[x];
  }
}

}  // namespace

StripReader::StripReader(const IntegerLayer &layer, const Map &map)
    : m_kernel(layer.kernel),
      m_stride(layer.stride),
      m_offset(layer.inBits == 16 ? 1 << 15 : 0),
      m_height(layer.in.height + 2 * layer.padding),
      m_width(layer.in.width + 2 * layer.padding),
      m_outWidth(layer.out.width),
      m_pixels(std::int64_t{layer.out.height} * layer.out.width),
      m_neighbours(layer.stride == 1) {
  const auto plane = static_cast<std::size_t>(m_height) * static_cast<std::size_t>(m_width);
  m_none.resize(plane);
  m_padded.assign(static_cast<std::size_t>(layer.in.channels) * plane,
                  static_cast<std::int16_t>(layer.inZero - m_offset));
  const std::uint16_t *from = map.data();
  for (int c = 0; c < layer.in.channels; ++c)
    for (int y = 0; y < layer.in.height; ++y, from += layer.in.width) {
      std::int16_t *to = m_padded.data() + (std::int64_t{c} * m_height + y + layer.padding) * m_width + layer.padding;
      for (int x = 0; x < layer.in.width; ++x) to[x] = static_cast<std::int16_t>(from[x] - m_offset);
    }
}

void StripReader::moveTo(std::int64_t firstPixel) {
  m_runs.clear();
  const std::int64_t end = std::min(firstPixel + StripPixels, m_pixels);
  for (std::int64_t pixel = firstPixel; pixel < end;) {
    const std::int64_t y = pixel / m_outWidth;
    const std::int64_t x = pixel % m_outWidth;
    const auto pixels = static_cast<int>(std::min<std::int64_t>(end - pixel, m_outWidth - x));
    m_runs.push_back({static_cast<int>(pixel - firstPixel), y * m_stride * m_width + x * m_stride, pixels});
    pixel += pixels;
  }
}

void StripReader::pair(const std::int16_t *first, const std::int16_t *second, std::int16_t *operands) const {
  for (const Run &run : m_runs) {
    const std::int16_t *a = first + run.from;
    const std::int16_t *b = second + run.from;
    std::int16_t *out = operands + 2 * run.to;
    if (m_neighbours && run.pixels == 32) {
      interleave<32>(a, b, out);
    } else if (m_neighbours && run.pixels == 16) {
      interleave<16>(a, b, out);
    } else if (m_neighbours && run.pixels == 8) {
      interleave<8>(a, b, out);
    } else {
      for (int x = 0; x < run.pixels; ++x) {
        out[2 * x] = a[x * m_stride];
        out[2 * x + 1] = b[x * m_stride];
      }
    }
  }
  const int done = m_runs.back().to + m_runs.back().pixels;
  std::fill(operands + 2 * done, operands + 2 * StripPixels, std::int16_t{0});
}

void StripReader::read(int channel, int channels, std::int16_t *operands) const {
  const int area = m_kernel * m_kernel;
  const int taps = channels * area;
  const auto tap = [&](int t) {
    if (t == taps) return m_none.data();
    const std::int64_t plane = channel + t / area;
    return m_padded.data() + (plane * m_height + t % area / m_kernel) * m_width + t % m_kernel;
  };
  for (int t = 0; t < taps; t += 2, operands += 2 * StripPixels) pair(tap(t), tap(t + 1), operands);
}

}  // namespace pimento
