// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/placement.h"

#include <algorithm>

namespace pimento {

Placement::Placement(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits)
    : m_work(work), m_columns(array.columns), m_map(mapLayer(work, array, schedule, chip, bits)) {
  if (!hasWeights(work.op)) return;
  m_form = formOf(work, m_columns, schedule.dataflow);
  m_width = segmentWidth(layoutOf(work, m_form), m_columns, schedule.packing);
  if (m_form == Form::Tap) addPixels();
}

// A pixel of the map is stored if some tap turns it into a result.
void Placement::addPixels() {
  const LayerWork &w = m_work;
  const auto needed = [&](int pixel, int outSize, int phase) {
    for (int tap = 0; tap < w.kernel; ++tap) {
      const int from = pixel + w.padding - tap;
      if ((tap - w.padding - phase) % w.stride == 0 && from >= 0 && from % w.stride == 0 && from / w.stride < outSize)
        return true;
    }
    return false;
  };
  for (int py = 0; py < w.stride; ++py)
    for (int px = 0; px < w.stride; ++px) {
      std::int64_t inRow = 0;
      for (int y = py; y < w.inHeight; y += w.stride)
        for (int x = px; x < w.inWidth; x += w.stride) {
          if (!needed(y, w.outHeight(), py) || !needed(x, w.outWidth(), px)) continue;
          if (inRow++ % m_map.segments == 0) m_rowBegin.push_back(static_cast<std::int64_t>(m_pixels.size()));
          m_pixels.push_back(std::int64_t{y} * w.inWidth + x);
        }
    }
  m_rowBegin.push_back(static_cast<std::int64_t>(m_pixels.size()));
}

std::int64_t Placement::groups(std::int64_t subarray) const {
  if (m_form == Form::Tap) return static_cast<std::int64_t>(m_rowBegin.size()) - 1;
  if (m_form != Form::WideDepthwise) return m_map.groups;
  return m_work.pixels * std::min(m_map.unitRows, m_work.outChannels - copyOf(subarray) * m_map.unitRows);
}

// Patches or pixels [first, end), a segment each; or the chunk of one of them.
std::vector<Slice> Placement::segments(std::int64_t subarray, std::int64_t first, std::int64_t end,
                                       std::int64_t data) const {
  std::vector<Slice> slices;
  const std::int64_t element = chunkOf(subarray) * m_columns;
  const std::int64_t columns = std::min(m_columns, data - element);
  for (std::int64_t i = first; i < end; ++i)
    slices.push_back({(i - first) * m_width, columns, element, m_form == Form::Tap ? m_pixels[i] : i, 0});
  return slices;
}

std::vector<Slice> Placement::depthwiseRow(std::int64_t chunk, std::int64_t group) const {
  const std::int64_t perRow = m_columns / m_work.patch;
  const std::int64_t firstChannel = chunk * perRow;
  const std::int64_t channels = std::min(perRow, m_work.outChannels - firstChannel);
  const std::int64_t pixels = m_map.chunks > 1 ? 1 : m_map.segments / channels;
  std::vector<Slice> slices;
  for (std::int64_t pixel = group * pixels; pixel < std::min((group + 1) * pixels, m_work.pixels); ++pixel)
    for (std::int64_t c = 0; c < channels; ++c)
      slices.push_back(
          {static_cast<std::int64_t>(slices.size()) * m_work.patch, m_work.patch, 0, pixel, firstChannel + c});
  return slices;
}

std::vector<Slice> Placement::operandRow(std::int64_t subarray, std::int64_t group) const {
  switch (m_form) {
    case Form::Tap:
      return segments(subarray, m_rowBegin[group], m_rowBegin[group + 1], m_work.inChannels);
    case Form::Depthwise:
      return depthwiseRow(chunkOf(subarray), group);
    case Form::WideDepthwise: {
      const std::int64_t pixel = group % m_work.pixels;
      std::vector<Slice> slices = segments(subarray, pixel, pixel + 1, m_work.patch);
      slices[0].channel = copyOf(subarray) * m_map.unitRows + group / m_work.pixels;
      return slices;
    }
    case Form::Patch:
      break;
  }
  const std::int64_t first = group * m_map.segments;
  return segments(subarray, first, std::min(first + m_map.segments, m_work.pixels), m_work.patch);
}

std::vector<Step> Placement::steps(std::int64_t subarray, std::int64_t group) const {
  if (m_form == Form::Depthwise) return {{subarray, group, 0, 0, 0}};
  if (m_form == Form::WideDepthwise) return {{subarray, group, group / m_work.pixels, 0, 0}};
  const std::int64_t taps = m_form == Form::Tap ? ceilDivided(m_work.kernelArea, m_map.parts) : 1;
  const std::int64_t kernels = m_map.unitRows / taps;
  const std::int64_t block = copyOf(subarray) / m_map.parts;
  const std::int64_t firstTap = copyOf(subarray) % m_map.parts * taps;
  const std::vector<Slice> row = m_form == Form::Tap ? operandRow(subarray, group) : std::vector<Slice>{};
  std::vector<Step> steps;
  for (std::int64_t k = 0; k < std::min(kernels, m_work.outChannels - block * kernels); ++k)
    for (std::int64_t t = 0; t < std::min(taps, m_work.kernelArea - firstTap); ++t) {
      const Step step{subarray, group, k * taps + t, block * kernels + k, m_form == Form::Tap ? firstTap + t : 0};
      const bool useful = m_form != Form::Tap || std::any_of(row.begin(), row.end(), [&](const Slice &slice) {
                            return result(slice, step) >= 0;
                          });
      if (useful) steps.push_back(step);
    }
  return steps;
}

std::int64_t Placement::result(const Slice &slice, const Step &step) const {
  if (m_form != Form::Tap) return slice.pixel;
  const LayerWork &w = m_work;
  const std::int64_t y = slice.pixel / w.inWidth + w.padding - step.tap / w.kernel;
  const std::int64_t x = slice.pixel % w.inWidth + w.padding - step.tap % w.kernel;
  const bool inside = y >= 0 && x >= 0 && y % w.stride == 0 && x % w.stride == 0 && y / w.stride < w.outHeight() &&
                      x / w.stride < w.outWidth();
  return inside ? y / w.stride * w.outWidth() + x / w.stride : -1;
}

std::int64_t Placement::weight(const Slice &slice, const Step &step, std::int64_t i) const {
  return m_form == Form::Tap ? (slice.element + i) * m_work.kernelArea + step.tap : slice.element + i;
}

}  // namespace pimento
