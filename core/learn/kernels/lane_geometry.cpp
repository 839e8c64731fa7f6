// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/kernels/lane_geometry.h"

namespace pimento::learn {

namespace {

void reachForward(Geometry &g) {
  for (int y = 0; y < g.outHeight; ++y)
    for (int x = 0; x < g.outWidth; ++x) {
      g.forward.to.push_back(y * g.outWidth + x);
      for (int a = 0; a < g.kernel; ++a)
        for (int b = 0; b < g.kernel; ++b) {
          const int row = y * g.stride + a - g.padding;
          const int column = x * g.stride + b - g.padding;
          const bool inside = row >= 0 && column >= 0 && row < g.height && column < g.width;
          g.forward.from.push_back(inside ? row * g.width + column : -1);
        }
    }
}

// Counted from the end.
void countRuns(Geometry &g) {
  const auto taps = static_cast<std::size_t>(g.taps());
  const auto &from = g.forward.from;
  g.runs.resize(from.size());
  for (std::size_t at = from.size(); at-- > 0;) {
    const bool goesOn = at + taps < from.size() && from[at + taps] == from[at] + g.stride;
    g.runs[at] = from[at] < 0 ? 0 : goesOn ? g.runs[at + taps] + 1 : 1;
  }
}

// The result's row (or column) that reads row `at` through tap `tap`, or -1.
int reader(int at, int tap, int stride, int padding, int size) {
  const int scaled = at + padding - tap;
  return scaled < 0 || scaled % stride != 0 || scaled / stride >= size ? -1 : scaled / stride;
}

void reachBackward(Geometry &g) {
  for (int firstRow = 0; firstRow < g.stride; ++firstRow)
    for (int firstColumn = 0; firstColumn < g.stride; ++firstColumn)
      for (int y = firstRow; y < g.height; y += g.stride)
        for (int x = firstColumn; x < g.width; x += g.stride) {
          g.backward.to.push_back(y * g.width + x);
          for (int a = 0; a < g.kernel; ++a)
            for (int b = 0; b < g.kernel; ++b) {
              const int row = reader(y, a, g.stride, g.padding, g.outHeight);
              const int column = reader(x, b, g.stride, g.padding, g.outWidth);
              g.backward.from.push_back(row < 0 || column < 0 ? -1 : row * g.outWidth + column);
            }
        }
}

}  // namespace

Geometry makeGeometry(int height, int width, int kernel, int stride, int padding) {
  Geometry g;
  g.height = height;
  g.width = width;
  g.kernel = kernel;
  g.stride = stride;
  g.padding = padding;
  g.outHeight = (height + 2 * padding - kernel) / stride + 1;
  g.outWidth = (width + 2 * padding - kernel) / stride + 1;
  reachForward(g);
  countRuns(g);
  reachBackward(g);
  return g;
}

}  // namespace pimento::learn
