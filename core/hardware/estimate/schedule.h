// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>

#include "core/hardware/estimate/layer_cost.h"

namespace pimento {

// How a network shares the chip with its banks. Layers of one image run one after another, all resident at once where
// they fit. What one copy leaves free is given to replicas by the square-root rule (replicas as sqrt(time /
// sub-arrays), which makes the sum of the layers' times least); of its allotment a layer uses no more than its groups
// and the power budget can feed, so a larger cap never makes it slower. If even one copy does not fit, a region as
// large as the largest layer (at most an eighth of the chip) is rewritten and every layer keeps the same share of its
// weights on the chip; a layer whose other weights are more than the region takes several passes.
struct Plan {
  std::int64_t subarrays = 0;  // one copy of the network
  std::int64_t region = 0;     // that are rewritten; 0: all fits
  Banks banks;
  Route route;
  double idle_w = 0;         // gated sub-arrays, banks and the DPU, always there
  double budget_w = 0;       // power cap less what idle parts leak
  double replicaScale = 0;   // extra replicas of a layer over sqrt(time / sub-arrays)
  double residentShare = 1;  // of the weights
  bool capBelowLeakage = false;
};

[[nodiscard]] Plan planNetwork(std::span<const LayerWork> works, const Machine &machine, Bits bits);

// Replicas of one layer under a plan; at least 1.
[[nodiscard]] std::int64_t replicas(const LayerPrice &price, const Plan &plan);

// Times that a layer's sub-arrays are filled with weights for one image, at least 1: more if those that are not
// resident exceed the region.
[[nodiscard]] std::int64_t passes(const LayerMap &map, const Plan &plan);

}  // namespace pimento
