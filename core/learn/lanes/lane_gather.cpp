// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lane_gather.h"

#include <algorithm>

namespace pimento::learn {

namespace {

std::vector<float> packDepthwise(const at::Tensor &weight) {
  const at::Tensor taps = weight.contiguous();  // channel x tap
  return {taps.data_ptr<float>(), taps.data_ptr<float>() + taps.numel()};
}

// Result channels of the convolution along `outAxis` of the weights: 0 forward, 1 for the gradient of the source.
std::vector<float> pack(const at::Tensor &weight, int outAxis) {
  const auto w = weight.accessor<float, 4>();
  const std::int64_t outs = weight.size(outAxis);
  const std::int64_t ins = weight.size(1 - outAxis);
  const std::int64_t side = weight.size(2);
  const std::int64_t tiles = (outs + OutTile - 1) / OutTile;
  std::vector<float> packed(static_cast<std::size_t>(tiles * side * side * ins * OutTile));
  const std::int64_t outStride = weight.stride(outAxis);
  const std::int64_t inStride = weight.stride(1 - outAxis);
  for (std::int64_t o = 0; o < outs; ++o)
    for (std::int64_t a = 0; a < side; ++a)
      for (std::int64_t b = 0; b < side; ++b) {
        const float *from = w.data() + o * outStride + a * weight.stride(2) + b * weight.stride(3);
        float *to = packed.data() + ((o / OutTile * side + a) * side + b) * ins * OutTile + o % OutTile;
        for (std::int64_t i = 0; i < ins; ++i) to[i * OutTile] = from[i * inStride];
      }
  return packed;
}

std::vector<float> packed(const at::Tensor &weight, Connection connection, int outAxis) {
  return connection == Connection::Depthwise ? packDepthwise(weight) : pack(weight, outAxis);
}

constexpr int NearBytes = 1 << 19;

// Positions in whole tiles of every instruction set.
int wholeTiles(int positions) {
  constexpr int Tiles = 48;
  return std::max(1, positions / Tiles) * Tiles;
}

}  // namespace

Gather::Gather(const Convolution &convolution, const at::Tensor &weight, Way way)
    : m_convolution(convolution),
      m_way(way),
      m_weights(packed(weight, convolution.connection, way == Way::Forward ? 0 : 1)),
      m_zeros(static_cast<std::size_t>((way == Way::Forward ? convolution.ins : convolution.outs) * Lanes)) {}

ConvolutionTask Gather::task() const {
  const Geometry &g = *m_convolution.geometry;
  const Reach &reach = m_way == Way::Forward ? g.forward : g.backward;
  ConvolutionTask task;
  task.weights = m_weights.data();
  task.from = reach.from.data();
  task.to = reach.to.data();
  task.zeros = m_zeros.data();
  task.taps = g.taps();
  task.ins = m_way == Way::Forward ? m_convolution.ins : m_convolution.outs;
  task.outs = m_way == Way::Forward ? m_convolution.outs : m_convolution.ins;
  return task;
}

void Gather::run(const ConvolutionTask &task) const {
  (m_convolution.connection == Connection::Depthwise ? laneKernels().depthwise : laneKernels().convolution)(task);
}

int nearPositions(int channels) { return wholeTiles(NearBytes / (channels * Lanes * 4)); }

int nearSources(const Convolution &c) {
  const int rows = NearBytes / (c.ins * Lanes * 4 * c.geometry->width) - c.geometry->kernel;
  return wholeTiles(rows / c.geometry->stride * c.geometry->outWidth);
}

}  // namespace pimento::learn
