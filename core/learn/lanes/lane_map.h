// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <memory>
#include <vector>

namespace pimento::learn {

// What a batch norm makes of the values before it: relu(scale x value + shift).
struct NormMap {
  std::vector<float> scale;  // [channel]
  std::vector<float> shift;
  std::vector<float> mean;  // that it was normalised by
  bool relu = false;
  std::int64_t images = 0;
  // Sums of the gradient of the result as LaneKernels::normGradientSums gives them: left here by the one reader that
  // has just computed that gradient, else empty.
  std::vector<double> gradientSums;
};

// Feature maps in lanes (lanes.h). With a norm they are what is still to be normalised: whoever reads them does so on
// the way, and the result is never in memory as a whole.
struct LaneMap {
  at::Tensor values;
  std::shared_ptr<NormMap> norm;
  // Where readers add up their gradients of the map, each in the pass that computes it, and its maker finds the sum;
  // none: they give them to autograd. Nothing of it is left after the way back.
  std::shared_ptr<at::Tensor> gradient;
};

// The whole map after its batch norm, which autograd does not see; `added` (if defined) comes before the ReLU.
[[nodiscard]] at::Tensor normalised(const LaneMap &map, const at::Tensor &added = {});

// Gives kernels pixels to read. Chunks (lanes.h) may read at the same time.
class PixelReader {
 public:
  PixelReader(const LaneMap &map, std::int64_t most);  // at most so many pixels at a time

  // Pixels first to last of a block: [pixel][channel][lane], valid until the chunk reads again.
  [[nodiscard]] const float *read(std::int64_t chunk, std::int64_t block, std::int64_t first, std::int64_t last);

 private:
  const LaneMap &m_map;
  std::int64_t m_most;
  std::vector<at::Tensor> m_buffers;  // of each chunk
};

}  // namespace pimento::learn
