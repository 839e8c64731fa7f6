// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

#include "core/explore/design_key_hash.h"

namespace pimento {

// The keys of a table that is being filled, to find one that comes twice: in half the memory and time of a set of keys.
class KeysSeen {
 public:
  // Whether no row before it has the key of the last one.
  bool addLast(const DesignTable &table) {
    if (table.size() * 2 > m_slots.size()) grow(table);
    const auto row = static_cast<std::uint32_t>(table.size() - 1);
    return put(table, row);
  }

 private:
  static constexpr std::uint32_t None = ~0U;

  bool put(const DesignTable &table, std::uint32_t row) {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = DesignKeyHash()(table.key(row)) & mask;
    for (; m_slots[slot] != None; slot = (slot + 1) & mask)
      if (table.key(m_slots[slot]) == table.key(row)) return false;
    m_slots[slot] = row;
    return true;
  }

  void grow(const DesignTable &table) {
    m_slots.assign(std::bit_ceil(table.size() * 4), None);
    for (std::uint32_t row = 0; row + 1 < table.size(); ++row) put(table, row);
  }

  std::vector<std::uint32_t> m_slots;  // a power of two of them, half of them free
};

}  // namespace pimento
