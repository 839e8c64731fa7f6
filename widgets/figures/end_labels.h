// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <vector>

namespace pimento {

// A name beside the end of a curve.
struct EndLabel {
  std::size_t series = 0;
  QPointF end;   // of the curve
  double y = 0;  // middle of the name
};

inline constexpr double EndSample_em = 2.6;  // between the plot and a name: a piece of the curve's line

// Moves labels up and down, as little as it takes, so that none covers another and, where there is room, all stand
// between `top` and `bottom`. They come out in the order in which they stand.
void spreadApart(std::vector<EndLabel> &labels, double height, double top, double bottom);

}  // namespace pimento
