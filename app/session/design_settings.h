// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/explore/design_view.h"

namespace pimento {

// The settings of several designs of one network and variant, written so that no two read the same where a narrow
// column cuts them: what differs between them comes first, and of names of runs what they have in common is left out.
class DesignSettings {
 public:
  void add(const DesignTable &table, std::uint32_t row);

  // The settings of one of the rows that were added: "8:8 · sot-mram · run 2".
  [[nodiscard]] QString text(const DesignTable &table, std::uint32_t row, const Filter &filter) const;

 private:
  [[nodiscard]] QString runText(const DesignTable &table, NameId run) const;

  std::optional<DesignKey> m_first;
  bool m_dataset = false, m_training = false, m_run = false, m_platform = false, m_profile = false, m_bits = false,
       m_scope = false, m_reference = false;  // what differs
  QString m_runStart;                         // that all names of runs have
};

}  // namespace pimento
