// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>

#include "core/base/report_table.h"
#include "core/explore/design_table.h"

namespace pimento {

// Between several sources or warnings in one cell.
inline const QString CellSeparator = QStringLiteral(" | ");

// Design points as every verb, export and linked table writes them: keys, metrics in the units of their columns, a kind
// for each metric, the weakest kind of the row, sources and warnings. Columns are the same whatever the rows.
[[nodiscard]] ReportTable designReport(const DesignTable &table, std::span<const std::uint32_t> rows);
[[nodiscard]] ReportTable designReport(const DesignTable &table);

// The columns that people read first: key, accuracy, energy, latency, power, area, memory, kind, warnings, and sources,
// which a terminal has no room for. Columns that no row has anything in are left out.
enum class SummarySources : std::uint8_t { Shown, LeftOut };
[[nodiscard]] ReportTable designSummary(const DesignTable &table, std::span<const std::uint32_t> rows,
                                        SummarySources sources = SummarySources::Shown);

// A row in a sentence: "deco-vgg16 fe+cm2 (cifar-100, joint, deco-pim)".
[[nodiscard]] QString designTitle(const DesignTable &table, std::uint32_t row);

// Sources and warnings of all metrics of a row, each once.
[[nodiscard]] QStringList sourcesOf(const DesignTable &table, std::uint32_t row);
[[nodiscard]] QStringList warningsOf(const DesignTable &table, std::uint32_t row);

}  // namespace pimento
