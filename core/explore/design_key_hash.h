// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explore/design_table.h"

namespace pimento {

// Hash of the keys of one table, whose names are the ids of that table, for unordered containers.
struct DesignKeyHash {
  [[nodiscard]] std::size_t operator()(const DesignKey &key) const noexcept {
    const auto pair = [](std::uint32_t high, std::uint32_t low) { return (std::uint64_t{high} << 32U) | low; };
    const std::uint32_t small = (std::uint32_t{key.bitsWeights} << 16U) | (std::uint32_t{key.bitsActivations} << 8U) |
                                (key.scope == Scope::Head ? 2U : 0U) | (key.reference ? 1U : 0U);
    std::uint64_t hash = 0;
    for (const std::uint64_t word : {pair(key.network, key.variant), pair(key.dataset, key.training),
                                     pair(key.run, key.platform), pair(key.profileHash, small)}) {
      hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;  // 2^64 over the golden ratio: spreads what differs in few bits
      hash ^= hash >> 32U;
    }
    return hash;
  }
};

}  // namespace pimento
