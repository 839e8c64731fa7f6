// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/block_gradients.h"

#include <algorithm>

#include "core/learn/lanes/lanes.h"

namespace pimento::learn {

bool BlockGradients::pays(std::int64_t blocks, const Geometry &geometry) {
  const std::int64_t chunks = chunkCount();
  const bool even = blocks % chunks == 0 || blocks >= 4 * chunks;
  return even && geometry.outPixels() >= WeightPositions;
}

BlockGradients::BlockGradients(const LaneMap &x, const at::Tensor &weight, const Convolution &convolution, bool ofInput,
                               bool ofWeight)
    : m_x(x), m_reader(m_x, convolution.geometry->pixels()), m_convolution(convolution) {
  const Geometry &g = *convolution.geometry;
  if (ofWeight) m_weights.emplace(convolution);
  if (ofInput) {
    m_gather.emplace(convolution, weight, Way::Back);
    m_adds = x.gradient && x.gradient->defined();
    m_input =
        m_adds ? *x.gradient : at::empty({x.values.size(0), g.height, g.width, convolution.ins, Lanes}, at::kFloat);
    if (x.norm) m_normSums.resize(2 * static_cast<std::size_t>(convolution.ins * chunkCount()));
  }
}

int BlockGradients::step() const {
  const Geometry &g = *m_convolution.geometry;
  return g.pointwise() ? std::min(g.pixels(), nearPositions(std::max(m_convolution.ins, m_convolution.outs)))
                       : g.outPixels();
}

// A part of a block is one of a pointwise convolution: whatever its position, it reads and writes the same pixels.
void BlockGradients::take(std::int64_t chunk, std::int64_t block, int begin, int end, const float *gradient) {
  const Geometry &g = *m_convolution.geometry;
  const int first = g.pointwise() ? begin : 0;
  const int last = g.pointwise() ? end : g.pixels();
  if (m_weights) m_weights->add(chunk, m_reader.read(chunk, block, first, last), gradient, 0, end - begin);
  if (m_input.defined()) takeInput(chunk, block, first, last, gradient);
}

void BlockGradients::takeInput(std::int64_t chunk, std::int64_t block, int begin, int end, const float *gradient) {
  const Geometry &g = *m_convolution.geometry;
  const int pixels = end - begin;
  ConvolutionTask task = m_gather->task();
  task.source = gradient;
  task.result = m_input.data_ptr<float>() + block * m_input.stride(0) + std::int64_t{begin} * m_convolution.ins * Lanes;
  task.add = m_adds;
  // Without a stride position p is pixel p.
  const int step = !m_normSums.empty() && g.stride == 1 ? nearPositions(m_convolution.ins) : pixels;
  for (; task.begin < pixels; task.begin = task.end) {
    task.end = std::min(pixels, task.begin + step);
    m_gather->run(task);
    if (!m_normSums.empty()) addNormSums(chunk, block, begin + task.begin, begin + task.end);
  }
}

void BlockGradients::addNormSums(std::int64_t chunk, std::int64_t block, int begin, int end) {
  const std::int64_t at = block * m_input.stride(0) + std::int64_t{begin} * m_convolution.ins * Lanes;
  NormGradientTask task;
  task.where = {end - begin, m_convolution.ins, keptLanes(block, m_x.norm->images)};
  task.gradient = m_input.data_ptr<float>() + at;
  task.input = m_x.values.data_ptr<float>() + at;
  task.scale = m_x.norm->scale.data();
  task.shift = m_x.norm->shift.data();
  task.gate = m_x.norm->relu ? Gate::Input : Gate::None;
  laneKernels().normGradientSums(task, m_x.norm->mean.data(), m_normSums.data() + 2 * m_convolution.ins * chunk,
                                 nullptr);
}

at::Tensor BlockGradients::ofWeight() const { return m_weights ? m_weights->sum() : at::Tensor(); }

std::vector<double> BlockGradients::normSums() const {
  return m_normSums.empty() ? m_normSums : addParts(m_normSums, 2 * static_cast<std::size_t>(m_convolution.ins));
}

}  // namespace pimento::learn
