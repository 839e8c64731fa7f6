// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/patch_reader.h"

#include <algorithm>

namespace pimento {

namespace {

// Square kernels of known size are copied without a loop.
template <int Kernel>
void copyRows(const std::uint16_t *from, int width, std::uint16_t *to) {
  for (int row = 0; row < Kernel; ++row, from += width, to += Kernel)
    for (int column = 0; column < Kernel; ++column) to[column] = from[column];
}

void copyPatch(const std::uint16_t *from, int width, int kernel, std::uint16_t *to) {
  if (kernel == 1) return copyRows<1>(from, width, to);
  if (kernel == 3) return copyRows<3>(from, width, to);
  for (int row = 0; row < kernel; ++row, from += width, to += kernel) std::copy_n(from, kernel, to);
}

}  // namespace

PatchReader::PatchReader(const IntegerLayer &layer, const Map &map)
    : m_kernel(layer.kernel),
      m_stride(layer.stride),
      m_channels(layer.in.channels),
      m_height(layer.in.height + 2 * layer.padding),
      m_width(layer.in.width + 2 * layer.padding),
      m_whole(layer.op == Op::Linear) {
  if (m_whole || layer.padding == 0) {
    m_padded = map;
    return;
  }
  m_padded.assign(
      static_cast<std::size_t>(m_channels) * static_cast<std::size_t>(m_height) * static_cast<std::size_t>(m_width),
      static_cast<std::uint16_t>(layer.inZero));
  const std::uint16_t *from = map.data();
  for (int c = 0; c < m_channels; ++c)
    for (int y = 0; y < layer.in.height; ++y, from += layer.in.width)
      std::copy_n(from, layer.in.width,
                  m_padded.data() + (std::int64_t{c} * m_height + y + layer.padding) * m_width + layer.padding);
}

void PatchReader::read(int y, int x, std::uint16_t *patch) const {
  if (m_whole) {
    std::copy(m_padded.begin(), m_padded.end(), patch);
    return;
  }
  for (int c = 0; c < m_channels; ++c, patch += m_kernel * m_kernel) readChannel(c, y, x, patch);
}

void PatchReader::readChannel(int channel, int y, int x, std::uint16_t *patch) const {
  const std::int64_t first = (std::int64_t{channel} * m_height + y * m_stride) * m_width + x * m_stride;
  copyPatch(m_padded.data() + first, m_width, m_kernel, patch);
}

}  // namespace pimento
