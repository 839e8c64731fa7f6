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

// Greedy, in the order given: each label takes the first place around its marker that lies within `bounds` and overlaps
// neither `obstacles` nor an earlier label; one that finds none is left out.
[[nodiscard]] std::vector<PlacedLabel> placeLabels(const std::vector<LabelRequest> &requests,
                                                   const std::vector<QRectF> &obstacles, const QRectF &bounds,
                                                   double gap);

}  // namespace pimento
