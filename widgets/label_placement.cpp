// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/label_placement.h"

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

std::vector<PlacedLabel> placeLabels(const std::vector<LabelRequest> &requests, const std::vector<QRectF> &obstacles,
                                     const QRectF &bounds, double gap) {
  std::vector<PlacedLabel> placed;
  const auto isFree = [&](const QRectF &box) {
    const auto hits = [&](const QRectF &other) { return other.intersects(box); };
    return bounds.contains(box) && std::none_of(obstacles.begin(), obstacles.end(), hits) &&
           std::none_of(placed.begin(), placed.end(), [&](const PlacedLabel &label) { return hits(label.box); });
  };
  for (std::size_t i = 0; i < requests.size(); ++i) {
    bool done = false;
    for (const double distance : {1.0, 2.2, 3.6}) {
      for (const auto &place : places) {
        const QRectF box = boxAt(requests[i], place, gap * distance);
        if (!isFree(box)) continue;
        placed.push_back({i, box, distance > 1});
        done = true;
        break;
      }
      if (done) break;
    }
  }
  return placed;
}

}  // namespace pimento
