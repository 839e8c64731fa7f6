// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/network/network_spec.h"

namespace pimento::learn {

// Where the elements of a set's channels stand along an axis with `inner` elements a channel.
[[nodiscard]] inline std::vector<std::int64_t> indicesOf(const ChannelSet &set, std::int64_t inner = 1) {
  std::vector<std::int64_t> indices;
  for (int i = 0; i < set.count; ++i)
    for (std::int64_t e = 0; e < inner; ++e)
      indices.push_back((set.indices.empty() ? i : set.indices[static_cast<std::size_t>(i)]) * inner + e);
  return indices;
}

}  // namespace pimento::learn
