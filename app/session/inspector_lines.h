// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include "core/explore/design_table.h"

namespace pimento {

// What the inspector says about one metric of one design.
struct InspectorLine {
  Metric metric{};
  QString value;             // "34.99 µJ" or "n/a - not published"
  std::optional<Kind> kind;  // absent with the value
  QString formula;           // "1.433 W x 24.2 µs + 0.068 W x 4.6 µs"
  QString source;
  QStringList warnings;
  bool corrected = false;  // a printed value was replaced
};

// A line for every metric, those with a value first.
[[nodiscard]] std::vector<InspectorLine> inspectorLines(const DesignTable &table, std::uint32_t row);

}  // namespace pimento
