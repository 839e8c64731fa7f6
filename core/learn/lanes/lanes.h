// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/learn/kernels/lane_kernels.h"

namespace pimento::learn {

// Feature maps of N images in the layout of lane_kernels.h: blocks x height x width x channels x 16. The lanes of the
// last block that hold no image are zero at first; no sum counts them and no gradient comes from them.
[[nodiscard]] at::Tensor toLanes(const at::Tensor &images);  // from N x channels x height x width, without gradient
[[nodiscard]] at::Tensor fromLanes(const at::Tensor &x, std::int64_t images);  // back, with gradient

// A map in lanes seen as blocks x (channels x 16) x height x width, channels last, for operations that know no lanes,
// and back. The memory is the same; only a picture that lies otherwise is copied.
[[nodiscard]] at::Tensor asPicture(const at::Tensor &x);
[[nodiscard]] at::Tensor fromPicture(const at::Tensor &x);

// Lanes of a block that hold images.
[[nodiscard]] inline int keptLanes(std::int64_t block, std::int64_t images) {
  return static_cast<int>(std::min<std::int64_t>(Lanes, images - block * Lanes));
}

// f(chunk, block, begin, end) over all positions, a chunk a thread: results that are summed a chunk each and then in
// order are the same in every run with these threads.
[[nodiscard]] inline std::int64_t chunkCount() { return at::get_num_threads(); }

template <typename Function>
void overPositions(std::int64_t blocks, std::int64_t positions, const Function &f) {
  const std::int64_t chunks = chunkCount();
  const std::int64_t all = blocks * positions;
  at::parallel_for(0, chunks, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t chunk = first; chunk < last; ++chunk) {
      const std::int64_t end = all * (chunk + 1) / chunks;
      for (std::int64_t at = all * chunk / chunks; at < end;) {
        const std::int64_t block = at / positions;
        const std::int64_t stop = std::min(end, (block + 1) * positions);
        f(chunk, block, static_cast<int>(at - block * positions), static_cast<int>(stop - block * positions));
        at = stop;
      }
    }
  });
}

// What the chunks have summed: `parts` holds a row of `width` numbers of each.
[[nodiscard]] std::vector<double> addParts(const std::vector<double> &parts, std::size_t width);

}  // namespace pimento::learn
