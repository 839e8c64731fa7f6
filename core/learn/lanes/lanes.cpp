// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lanes.h"

namespace pimento::learn {

at::Tensor toLanes(const at::Tensor &images) {
  const std::int64_t n = images.size(0);
  const std::int64_t blocks = (n + Lanes - 1) / Lanes;
  const at::Tensor rows = images.permute({0, 2, 3, 1});  // N x height x width x channels
  const at::Tensor full =
      n == blocks * Lanes ? rows : at::constant_pad_nd(rows, {0, 0, 0, 0, 0, 0, 0, blocks * Lanes - n});
  return full.reshape({blocks, Lanes, images.size(2), images.size(3), images.size(1)})
      .permute({0, 2, 3, 4, 1})
      .contiguous();
}

at::Tensor fromLanes(const at::Tensor &x, std::int64_t images) {
  return x.permute({0, 4, 3, 1, 2}).reshape({x.size(0) * Lanes, x.size(3), x.size(1), x.size(2)}).narrow(0, 0, images);
}

std::vector<double> addParts(const std::vector<double> &parts, std::size_t width) {
  std::vector<double> sums(width);
  for (std::size_t i = 0; i < parts.size(); ++i) sums[i % width] += parts[i];
  return sums;
}

at::Tensor asPicture(const at::Tensor &x) {
  return x.view({x.size(0), x.size(1), x.size(2), x.size(3) * Lanes}).permute({0, 3, 1, 2});
}

at::Tensor fromPicture(const at::Tensor &x) {
  const at::Tensor rows = x.permute({0, 2, 3, 1}).contiguous();
  return rows.view({rows.size(0), rows.size(1), rows.size(2), rows.size(3) / Lanes, Lanes});
}

}  // namespace pimento::learn
