// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/head_rows.h"

namespace pimento {

HeadRows::HeadRows(const DesignTable &table) {
  std::uint32_t row = 0;
  for (const DesignKey &key : table.keys()) {
    if (key.scope == Scope::Head) m_heads.try_emplace(key, row);  // of several the first
    ++row;
  }
}

std::optional<std::uint32_t> HeadRows::of(const DesignKey &key) const {
  DesignKey wanted = key;
  wanted.scope = Scope::Head;
  const auto found = m_heads.find(wanted);
  return found == m_heads.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace pimento
