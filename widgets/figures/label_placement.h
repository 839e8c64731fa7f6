// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QString>
#include <vector>

namespace pimento {

struct LabelRequest {
  QPointF anchor;  // centre of the marker
  QSizeF size;     // of the text
};

struct PlacedLabel {
  std::size_t request = 0;
  QRectF box;
  bool leader = false;  // stands away from its marker and needs a line to it
};

struct LabelObstacles {
  std::vector<QRectF> hard;  // never covered: markers
  std::vector<QRectF> soft;  // covered only if there is no other place: lines
};

// Greedy, in the order given: each label takes the first place around its marker that lies within `bounds` and overlaps
// neither an obstacle nor an earlier label; one that finds none is left out.
[[nodiscard]] std::vector<PlacedLabel> placeLabels(const std::vector<LabelRequest> &requests,
                                                   const LabelObstacles &obstacles, const QRectF &bounds, double gap);

[[nodiscard]] bool hitsAny(const QRectF &box, const std::vector<QRectF> &others);

}  // namespace pimento
