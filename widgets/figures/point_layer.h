// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <stop_token>

#include "widgets/figures/point_cloud.h"

namespace pimento {

// Above this many points in view they are drawn as dots into an image, below as markers.
inline constexpr std::size_t maxMarkers = 3000;

[[nodiscard]] double markerSize(const Style &style, std::size_t points);

// All points in view as markers, dominated ones first and the front last.
void paintMarkers(QPainter &painter, const PointCloud &cloud, const View &view, const QRectF &area, const Style &style);

// All points in view as square dots of `dot` pixels in a transparent image: 1,000,000 in about 20 ms. Touches nothing
// but its arguments, so any thread may call it. Some are missing where a stop is asked for.
[[nodiscard]] QImage dotImage(const PointCloud &cloud, const View &view, QSize pixels, int dot, const Theme &theme,
                              const std::stop_token &stop = {});

}  // namespace pimento
