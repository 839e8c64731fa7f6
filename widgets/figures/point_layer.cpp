// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/point_layer.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace pimento {

double markerSize(const Style &style, std::size_t points) {
  return style.em() * (points <= 100 ? 0.78 : points <= 600 ? 0.6 : 0.42);
}

void paintMarkers(QPainter &painter, const PointCloud &cloud, const View &view, const QRectF &area,
                  const Style &style) {
  const ScatterData &data = cloud.data();
  std::vector<std::uint32_t> visible;
  for (std::uint32_t i = 0; i < data.size(); ++i)
    if (cloud.visible(i, view)) visible.push_back(i);
  const double size = markerSize(style, visible.size());
  for (const PointRole role : PaintOrder)
    for (const std::uint32_t point : visible)
      if (data.styleOf(point).role == role)
        paintMarker(painter, cloud.position(point, view, area), size, data.styleOf(point), style.theme);
  for (const std::uint32_t point : visible)
    paintBadges(painter, cloud.position(point, view, area), size, data.styleOf(point), style);
}

namespace {

constexpr std::size_t PointsBetweenLooks = 1 << 16;  // at the token: about 2 ms

// Writes dots of one role; `colours` has an entry per style, 0 for styles of other roles.
void splat(QImage &image, const PointCloud &cloud, const View &view, int dot, const std::vector<QRgb> &colours,
           const std::stop_token &stop) {
  const int width = image.width();
  const int height = image.height();
  const double xScale = width / (view.x.axisHigh() - view.x.axisLow());
  const double yScale = height / (view.y.axisHigh() - view.y.axisLow());
  const double x0 = view.x.axisLow();
  const double y1 = view.y.axisHigh();
  const auto *x = cloud.x().data();
  const auto *y = cloud.y().data();
  const std::vector<std::uint16_t> &styles = cloud.data().style;
  auto *pixels = reinterpret_cast<QRgb *>(image.bits());
  const auto stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
  const int before = dot / 2;
  for (std::size_t i = 0; i < cloud.data().size(); ++i) {
    if (i % PointsBetweenLooks == 0 && stop.stop_requested()) return;
    const QRgb colour = colours[styles.empty() ? 0 : styles[i]];
    if (colour == 0) continue;
    const double px = (x[i] - x0) * xScale;
    const double py = (y1 - y[i]) * yScale;
    if (!(px >= 0 && px <= width && py >= 0 && py <= height)) continue;  // false for NaN too
    const int left = std::max(0, static_cast<int>(px) - before);
    const int right = std::min(width, static_cast<int>(px) - before + dot);
    const int bottom = std::min(height, static_cast<int>(py) - before + dot);
    for (int row = std::max(0, static_cast<int>(py) - before); row < bottom; ++row)
      std::fill(pixels + row * stride + left, pixels + row * stride + right, colour);
  }
}

}  // namespace

QImage dotImage(const PointCloud &cloud, const View &view, QSize pixels, int dot, const Theme &theme,
                const std::stop_token &stop) {
  QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return image;
  image.fill(Qt::transparent);
  const std::vector<PointStyle> &styles = cloud.data().styles;
  for (const PointRole role : PaintOrder) {
    std::vector<QRgb> colours(styles.size(), 0);
    bool any = false;
    for (std::size_t s = 0; s < styles.size(); ++s) {
      if (styles[s].role != role) continue;
      colours[s] = markerColour(styles[s], theme).rgb();
      any = true;
    }
    if (any) splat(image, cloud, view, dot, colours, stop);
  }
  return image;
}

}  // namespace pimento
