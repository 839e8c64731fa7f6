// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <unordered_map>

#include "core/explore/design_key_hash.h"

namespace pimento {

// Which row of a table is the head alone of a whole inference: all else of their keys being equal. Made in one pass
// over the table, asked at once; it is of the table as it was then.
class HeadRows {
 public:
  explicit HeadRows(const DesignTable &table);

  // The row of the head that belongs to a row with this key, whole or head; none if the table has no such head.
  [[nodiscard]] std::optional<std::uint32_t> of(const DesignKey &key) const;

 private:
  std::unordered_map<DesignKey, std::uint32_t, DesignKeyHash> m_heads;
};

}  // namespace pimento
