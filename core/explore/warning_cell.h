// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/explore/design_table.h"

namespace pimento {

// The warnings of a row as one cell of a table: "text | text". A warning that concerns some of the row's values and not
// all is led by their metrics: "energy+power: text". A bar inside of a text is written as a slash.
[[nodiscard]] QString warningCell(const DesignTable &table, std::uint32_t row);

// One warning of such a cell, read back: its text and the metrics that it is about; no metrics: the whole row.
struct RowWarning {
  std::vector<Metric> metrics;
  QString text;
};
[[nodiscard]] std::vector<RowWarning> readWarningCell(const QString &cell);

// Warnings of one metric, of a row that has values for `present` alone. A warning that names only metrics without a
// value is taken as plain text about the whole row.
[[nodiscard]] QStringList warningsFor(Metric metric, const std::vector<RowWarning> &warnings,
                                      const std::vector<Metric> &present);

}  // namespace pimento
