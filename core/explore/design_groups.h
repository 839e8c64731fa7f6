// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

#include "core/explore/design_table.h"

namespace pimento {

// Rows of a table by network and variant. Networks, and the variants of each, stand in the order of their first rows;
// the rows of a variant ascend.
struct DesignGroups {
  struct Network {
    NameId name = 0;
    std::uint32_t first = 0;  // of its variants, which stand side by side
    std::uint32_t variants = 0;
    std::uint32_t designs = 0;
  };
  struct Variant {
    NameId name = 0;
    std::uint32_t network = 0;  // index into networks
    std::uint32_t first = 0;    // of its rows, which stand side by side
    std::uint32_t count = 0;
  };
  std::vector<Network> networks;
  std::vector<Variant> variants;
  std::vector<std::uint32_t> rows;

  [[nodiscard]] std::span<const std::uint32_t> rowsOf(const Variant &variant) const {
    return std::span(rows).subspan(variant.first, variant.count);
  }
};

// Groups these rows, each given once, in any order. Linear in their number: 1,000,000 in about 100 ms.
[[nodiscard]] DesignGroups groupDesigns(const DesignTable &table, std::span<const std::uint32_t> rows);

}  // namespace pimento
