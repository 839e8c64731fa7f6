// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explore/front.h"
#include "widgets/figures/pareto_figure.h"

namespace pimento {

class Session;

// Two metrics, and the designs that are not dominated in the objectives.
struct Plane {
  Metric x = Metric::Energy;
  Metric y = Metric::Accuracy;
  std::vector<Objective> objectives;
  std::vector<std::uint32_t> front;  // rows
};
[[nodiscard]] Plane axesPlane(const Session &session);    // the view's axes and objectives
[[nodiscard]] Plane memoryPlane(const Session &session);  // accuracy against memory

// The session's view in a plane, as the trade-off chart draws it: point i is row i of the view.
[[nodiscard]] ParetoData paretoData(const Session &session, const Plane &plane);
// Selection, pins, and arrows from the estimates to where the what-if takes them.
[[nodiscard]] ScatterMarks scatterMarks(const Session &session, const Plane &plane);

}  // namespace pimento
