// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/label_placement.h"

#include <algorithm>
#include <array>

namespace pimento {

namespace {

// Places around a marker, best first: right above, left above, right below, left below, above, below, right, left.
constexpr std::array<std::pair<int, int>, 8> places{
    {{1, -1}, {1, 1}, {-1, -1}, {-1, 1}, {0, -1}, {0, 1}, {1, 0}, {-1, 0}}};

QRectF boxAt(const LabelRequest &request, std::pair<int, int> place, double distance) {
  const auto [dx, dy] = place;
  const double diagonal = dx != 0 && dy != 0 ? 0.6 : 1;
  const double cx = request.anchor.x() + dx * (request.size.width() / 2 + distance * diagonal);
  const double cy = request.anchor.y() + dy * (request.size.height() / 2 + distance * diagonal);
  return {cx - request.size.width() / 2, cy - request.size.height() / 2, request.size.width(), request.size.height()};
}

}  // namespace

bool hitsAny(const QRectF &box, const std::vector<QRectF> &others) {
  return std::any_of(others.begin(), others.end(), [&](const QRectF &other) { return other.intersects(box); });
}

std::vector<PlacedLabel> placeLabels(const std::vector<LabelRequest> &requests, const LabelObstacles &obstacles,
                                     const QRectF &bounds, double gap) {
  std::vector<PlacedLabel> placed;
  std::vector<QRectF> taken = obstacles.hard;
  const auto tryPlaces = [&](std::size_t request, double distance, bool mindSoft) {
    for (const auto &place : places) {
      const QRectF box = boxAt(requests[request], place, gap * distance);
      if (!bounds.contains(box) || hitsAny(box, taken) || (mindSoft && hitsAny(box, obstacles.soft))) continue;
      placed.push_back({request, box, distance > 1});
      taken.push_back(box);
      return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < requests.size(); ++i)
    (void)(tryPlaces(i, 1, true) || tryPlaces(i, 2.2, true) || tryPlaces(i, 3.6, true) || tryPlaces(i, 1, false) ||
           tryPlaces(i, 2.2, false) || tryPlaces(i, 3.6, false));
  return placed;
}

}  // namespace pimento
