// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lane_weight_gradient.h"

#include <algorithm>

#include "core/learn/lanes/lanes.h"

namespace pimento::learn {

namespace {

// Splits positions of blocks in a row: f(first block, blocks, begin, end) for parts of one block of at most `most`
// positions, or for several whole blocks.
template <typename Function>
void overPasses(std::int64_t first, std::int64_t last, std::int64_t positions, std::int64_t most, const Function &f) {
  while (first < last) {
    const std::int64_t block = first / positions;
    const std::int64_t begin = first - block * positions;
    const std::int64_t whole = begin > 0 ? 0 : std::min(most, last - first) / positions;
    const std::int64_t end = whole > 0 ? positions : std::min({begin + most, positions, begin + last - first});
    f(block, std::max<std::int64_t>(whole, 1), begin, end);
    first += std::max<std::int64_t>(whole, 1) * (end - begin);
  }
}

WeightGradientTask weightTaskOf(const Convolution &c) {
  WeightGradientTask task;
  task.sourceBlock = std::int64_t{c.geometry->pixels()} * c.ins * Lanes;
  task.gradientBlock = std::int64_t{c.geometry->outPixels()} * c.outs * Lanes;
  task.from = c.geometry->forward.from.data();
  task.runs = c.geometry->runs.data();
  task.step = c.geometry->stride;
  task.taps = c.geometry->taps();
  task.ins = c.ins;
  task.outs = c.outs;
  return task;
}

}  // namespace

WeightGradient::WeightGradient(const Convolution &c)
    : m_convolution(c),
      m_sums(c.connection == Connection::Depthwise
                 ? at::zeros({chunkCount(), c.outs, c.geometry->taps()}, at::kFloat)
                 : at::zeros({chunkCount(), tiles(), c.geometry->taps(), c.ins, OutTile}, at::kFloat)) {}

std::int64_t WeightGradient::tiles() const { return (m_convolution.outs + OutTile - 1) / OutTile; }

void WeightGradient::add(std::int64_t chunk, const float *source, const float *gradient, std::int64_t first,
                         std::int64_t last) {
  const auto kernel = m_convolution.connection == Connection::Depthwise ? laneKernels().depthwiseWeightGradient
                                                                        : laneKernels().weightGradient;
  WeightGradientTask task = weightTaskOf(m_convolution);
  task.sums = m_sums.data_ptr<float>() + chunk * m_sums.stride(0);
  overPasses(first, last, m_convolution.geometry->outPixels(), WeightPositions,
             [&](std::int64_t block, std::int64_t blocks, std::int64_t begin, std::int64_t end) {
               WeightGradientTask pass = task;
               pass.source = source + block * task.sourceBlock;
               pass.gradient = gradient + block * task.gradientBlock;
               pass.blocks = static_cast<int>(blocks);
               pass.begin = static_cast<int>(begin);
               pass.end = static_cast<int>(end);
               kernel(pass);
             });
}

at::Tensor WeightGradient::sum() const {
  const Convolution &c = m_convolution;
  const std::int64_t kernel = c.geometry->kernel;
  const at::Tensor sum = m_sums.sum(0);
  if (c.connection == Connection::Depthwise) return sum.view({c.outs, 1, kernel, kernel});
  return sum.permute({0, 3, 2, 1}).reshape({tiles() * OutTile, c.ins, kernel, kernel}).narrow(0, 0, c.outs);
}

}  // namespace pimento::learn
