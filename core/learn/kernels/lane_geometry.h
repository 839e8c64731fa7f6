// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace pimento::learn {

// Which pixel each tap of each position reads, as ConvolutionTask wants it.
struct Reach {
  std::vector<std::int32_t> from;  // [position][tap], -1: outside of the picture
  std::vector<std::int32_t> to;    // [position]
};

// Square kernel over a picture, and the way back of its gradient. Positions of the way back that use the same taps (a
// stride parts them) stand together.
struct Geometry {
  int height = 0, width = 0;
  int kernel = 1, stride = 1, padding = 0;
  int outHeight = 0, outWidth = 0;
  Reach forward;
  std::vector<std::int32_t> runs;  // [position][tap] of the way forward: positions on that read pixels a stride apart
  Reach backward;
  [[nodiscard]] int taps() const { return kernel * kernel; }
  // Position p reads pixel p and no other.
  [[nodiscard]] bool pointwise() const { return kernel == 1 && stride == 1 && padding == 0; }
  [[nodiscard]] int pixels() const { return height * width; }
  [[nodiscard]] int outPixels() const { return outHeight * outWidth; }
};

[[nodiscard]] Geometry makeGeometry(int height, int width, int kernel, int stride, int padding);

enum class Connection : std::uint8_t { Dense, Depthwise };

// A convolution of feature maps in lanes (lanes.h) with weights outs x ins x kernel x kernel (depthwise: channels x 1 x
// ...).
struct Convolution {
  std::shared_ptr<const Geometry> geometry;
  Connection connection = Connection::Dense;
  int ins = 0;
  int outs = 0;
};

}  // namespace pimento::learn
