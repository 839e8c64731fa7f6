// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <memory>

#include "core/learn/lane_geometry.h"

namespace pimento::learn {

enum class Connection : std::uint8_t { Dense, Depthwise };

// Convolution of feature maps in lanes (lanes.h) with weights out x in x kernel x kernel (depthwise: channels x 1 x
// ...) and a bias or none; with gradient.
[[nodiscard]] at::Tensor laneConvolution(const at::Tensor &x, const at::Tensor &weight,
                                         const c10::optional<at::Tensor> &bias,
                                         const std::shared_ptr<const Geometry> &geometry, Connection connection);

}  // namespace pimento::learn
