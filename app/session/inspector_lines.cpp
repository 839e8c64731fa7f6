// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inspector_lines.h"

#include <algorithm>

#include "app/session/labels.h"

namespace pimento {

std::vector<InspectorLine> inspectorLines(const DesignTable &table, std::uint32_t row) {
  std::vector<InspectorLine> lines;
  for (const MetricInfo &m : allMetrics()) {
    InspectorLine line{m.metric, valueText(table, row, m.metric), {}, {}, {}, {}};
    if (const auto quantity = table.at(row, m.metric)) {
      line.kind = quantity->from->kind;
      line.formula = quantity->from->formula;
      line.source = quantity->from->source;
      line.warnings = quantity->from->warnings;
      line.corrected = quantity->from->corrected;
    }
    lines.push_back(std::move(line));
  }
  std::stable_partition(lines.begin(), lines.end(), [](const InspectorLine &line) { return line.kind.has_value(); });
  return lines;
}

}  // namespace pimento
