// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lane_map.h"

#include "core/learn/lanes/lanes.h"

namespace pimento::learn {

namespace {

std::int64_t pixelSize(const at::Tensor &values) { return values.size(3) * Lanes; }

void normalise(const LaneMap &map, const float *from, std::int64_t pixels, const float *added, float *to) {
  const ChannelTask where{static_cast<int>(pixels), static_cast<int>(map.values.size(3)), Lanes};
  laneKernels().normalise(where, from, map.norm->scale.data(), map.norm->shift.data(), added, map.norm->relu, to);
}

}  // namespace

at::Tensor normalised(const LaneMap &map, const at::Tensor &added) {
  if (!map.norm) return map.values;
  const at::NoGradGuard noGradient;
  at::Tensor result = at::empty_like(map.values);
  const float *from = map.values.data_ptr<float>();
  const float *more = added.defined() ? added.data_ptr<float>() : nullptr;
  float *to = result.data_ptr<float>();
  const std::int64_t positions = map.values.size(1) * map.values.size(2);
  overPositions(map.values.size(0), positions, [&](std::int64_t, std::int64_t block, int begin, int end) {
    const std::int64_t at = (block * positions + begin) * pixelSize(map.values);
    normalise(map, from + at, end - begin, more == nullptr ? nullptr : more + at, to + at);
  });
  return result;
}

PixelReader::PixelReader(const LaneMap &map, std::int64_t most)
    : m_map(map), m_most(most), m_buffers(static_cast<std::size_t>(chunkCount())) {}

const float *PixelReader::read(std::int64_t chunk, std::int64_t block, std::int64_t first, std::int64_t last) {
  const at::Tensor &values = m_map.values;
  const float *from = values.data_ptr<float>() + block * values.stride(0) + first * pixelSize(values);
  if (!m_map.norm) return from;
  at::Tensor &buffer = m_buffers[static_cast<std::size_t>(chunk)];
  if (!buffer.defined()) buffer = at::empty({m_most * pixelSize(values)}, at::kFloat);
  normalise(m_map, from, last - first, nullptr, buffer.data_ptr<float>());
  return buffer.data_ptr<float>();
}

}  // namespace pimento::learn
