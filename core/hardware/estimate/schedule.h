// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "core/hardware/estimate/layer_cost.h"

namespace pimento {

// How a network shares the chip with its banks. Layers of one image run one after another, all resident at once where
// they fit. What one copy leaves free is given to replicas by the square-root rule (replicas as sqrt(time /
// sub-arrays), which makes the sum of the layers' times least); of its allotment a layer uses no more than its groups
// and the power budget can feed, so a larger cap never makes it slower. A part of a replica is possible: kernels then
// lie thinner in more sub-arrays, so the number of replicas is real and changes without steps. If even one copy does
// not fit, a region as large as the largest layer (at most an eighth of the chip) is rewritten and every layer keeps
// the same share of its weights on the chip; a layer whose other weights are more than the region takes several passes.
struct Plan {
  std::int64_t subarrays = 0;  // one copy of the network
  double usedSubarrays = 0;    // with replicas; never more than the banks leave
  std::int64_t region = 0;     // that are rewritten; 0: all fits
  Banks banks;
  Route route;               // to the sub-arrays in use: span of the banks that they and the image banks fill
  double idle_w = 0;         // what leaks while nothing computes: idleLeakage_w
  double budget_w = 0;       // power cap less what idle parts leak
  double feed_w = 0;         // of it, what replicas are counted by: less the leakage of one copy alone
  double replicaScale = 0;   // extra replicas of a layer over sqrt(time / sub-arrays)
  double residentShare = 1;  // of the weights
  bool capBelowLeakage = false;
};

// Prices of the layers under the plan, in the order of the works; layers without weights have an empty map.
struct PlannedNetwork {
  Plan plan;
  std::pmr::vector<LayerPrice> prices;
};

// Room for the prices of a network of some 250 layers on the stack, so that totals need no allocation; longer ones take
// it from the heap.
class PriceRoom {
 public:
  std::pmr::memory_resource *memory() { return &m_memory; }

 private:
  alignas(LayerPrice) std::array<std::byte, 256 * sizeof(LayerPrice)> m_bytes;
  std::pmr::monotonic_buffer_resource m_memory{m_bytes.data(), m_bytes.size()};
};

// The room must outlive the result. `maps` of the layers, in their order, where they are at hand; empty: they are made.
[[nodiscard]] PlannedNetwork planNetwork(std::span<const LayerWork> works, const Machine &machine, Bits bits,
                                         PriceRoom &room, std::span<const LayerMap> maps = {});

// Replicas of one layer under a plan; at least 1, 0 without weights.
[[nodiscard]] double replicas(const LayerPrice &price, const Plan &plan);

// Times that a layer's sub-arrays are filled with weights for one image, at least 1: more if those that are not
// resident exceed the region.
[[nodiscard]] std::int64_t passes(const LayerMap &map, const Plan &plan);

}  // namespace pimento
