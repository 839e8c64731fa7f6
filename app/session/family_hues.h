// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHash>
#include <QString>
#include <QStringList>

#include "core/explore/design_table.h"

namespace pimento {

// "resnet18-nonuniform" → "ResNet18"
[[nodiscard]] QString familyOf(const QString &network);

// The hue of each network family of a table. A family that the program knows has the same one in every project; another
// takes the place that its name stands for, or the next free one if a family that comes before it by name has that. No
// two families of a table share one, up to FamilyLooks families (marker.h).
class FamilyHues {
 public:
  explicit FamilyHues(const DesignTable &table);

  [[nodiscard]] std::uint8_t of(NameId network) const { return m_hues.value(network, 0); }
  [[nodiscard]] const QStringList &names() const { return m_names; }  // by hue; empty where no family has it

 private:
  QHash<NameId, std::uint8_t> m_hues;
  QStringList m_names;
};

}  // namespace pimento
