// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/navigation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pimento {

namespace {

QPointF unitVector(Direction direction) {
  switch (direction) {
    case Direction::Left:
      return {-1, 0};
    case Direction::Right:
      return {1, 0};
    case Direction::Up:
      return {0, -1};
    case Direction::Down:
      return {0, 1};
  }
  return {};
}

}  // namespace

std::optional<std::uint32_t> nextPoint(const PointCloud &cloud, const View &view, const QRectF &area,
                                       std::optional<std::uint32_t> from, Direction direction) {
  const double everywhere = std::numeric_limits<double>::max();
  if (!from || !cloud.visible(*from, view)) return cloud.nearest(area.center(), view, area, std::sqrt(everywhere));
  const QPointF start = cloud.position(*from, view, area);
  const QPointF ahead = unitVector(direction);
  std::optional<std::uint32_t> best;
  double bestCost = everywhere;
  for (std::uint32_t i = 0; i < cloud.data().size(); ++i) {
    if (i == *from || !cloud.visible(i, view)) continue;
    const QPointF step = cloud.position(i, view, area) - start;
    const double along = QPointF::dotProduct(step, ahead);
    const double aside = std::abs(step.x() * ahead.y() - step.y() * ahead.x());
    // Points at the very same place follow each other in the order of their index, rightwards and downwards.
    const bool forward = direction == Direction::Right || direction == Direction::Down;
    const bool samePlace = along == 0 && aside == 0 && (i > *from) == forward;
    if (along <= 0 && !samePlace) continue;
    const double outside = aside > along ? 1e12 : 0;
    const double cost = outside + along * along + aside * aside;
    if (cost < bestCost) {
      bestCost = cost;
      best = i;
    }
  }
  return best;
}

std::optional<std::uint32_t> nextOnFront(const ScatterData &data, std::optional<std::uint32_t> from, Along along) {
  std::vector<std::uint32_t> front = orderedFront(data);
  if (front.empty()) return std::nullopt;
  std::stable_sort(front.begin(), front.end(), [&](auto a, auto b) { return data.x[a] < data.x[b]; });
  if (!from) return along == Along::Forward ? front.front() : front.back();
  const auto here = std::find(front.begin(), front.end(), *from);
  if (here != front.end()) {
    if (along == Along::Forward) return here + 1 == front.end() ? std::nullopt : std::optional(*(here + 1));
    return here == front.begin() ? std::nullopt : std::optional(*(here - 1));
  }
  const auto after =
      std::find_if(front.begin(), front.end(), [&](auto point) { return data.x[point] >= data.x[*from]; });
  if (along == Along::Forward) return after == front.end() ? front.back() : *after;
  return after == front.begin() ? front.front() : *(after - 1);
}

}  // namespace pimento
