// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figures/point_cloud.h"

namespace pimento {

enum class Direction { Left, Right, Up, Down };

// Point that an arrow key leads to: the nearest on the screen within 45 degrees of the direction, else the nearest on
// that side; nullopt at the end. With no point to start from, the one nearest to the centre.
[[nodiscard]] std::optional<std::uint32_t> nextPoint(const PointCloud &cloud, const View &view, const QRectF &area,
                                                     std::optional<std::uint32_t> from, Direction direction);

enum class Along { Back, Forward };

// Neighbour on the front in the order of x; from a point off the front, the front point next to it in x.
[[nodiscard]] std::optional<std::uint32_t> nextOnFront(const ScatterData &data, std::optional<std::uint32_t> from,
                                                       Along along);

}  // namespace pimento
