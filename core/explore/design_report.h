// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "core/base/report_table.h"
#include "core/explore/design_table.h"

namespace pimento {

// Between several sources or warnings in one cell.
inline const QString CellSeparator = QStringLiteral(" | ");

// Behind a value that replaces a printed one, wherever it is shown, and what it means.
inline const QString CorrectedMark = QStringLiteral("\u2020");
inline const QString CorrectedMeans = QStringLiteral("corrected, not as printed");

// Design points as every verb, export and linked table writes them: keys, metrics in the units of their columns, a kind
// for each metric, the weakest kind of the row, its validity with the reason, sources and warnings. Columns are the
// same whatever the rows, but for those of intervals at the end: the ends of an estimate's interval, "energy_p5_uj" and
// "energy_p95_uj", of the metrics that a row has one of.
[[nodiscard]] ReportTable designReport(const DesignTable &table, std::span<const std::uint32_t> rows);
[[nodiscard]] ReportTable designReport(const DesignTable &table);

inline constexpr std::array<int, 2> IntervalPercentiles{5, 95};
[[nodiscard]] QString percentileColumn(Metric metric, int percentile);  // "energy_p5_uj"

// The columns that people read first: key, accuracy, energy, latency, power, area, memory (and `more`), validity,
// notes, and sources, which a terminal has no room for. Columns that no row has anything in are left out. Marks say the
// kind of every value, and which are corrected; what stands in "notes" is numbered below the table: why a design is not
// valid, and every warning once, led by its level and the values that it concerns. Profiles are named with their
// hashes.
enum class SummarySources : std::uint8_t { Shown, LeftOut };
[[nodiscard]] ReportTable designSummary(const DesignTable &table, std::span<const std::uint32_t> rows,
                                        SummarySources sources = SummarySources::Shown,
                                        std::span<const Metric> more = {});

// Empty where a row has no such name.
[[nodiscard]] Cell nameCell(const DesignTable &table, NameId id);

// A row in a sentence: "deco-vgg16 fe+cm2 (cifar-100, joint, deco-pim)".
[[nodiscard]] QString designTitle(const DesignTable &table, std::uint32_t row);

// "invalid: AND2 errors of 0.134 are above 0.01; profile sot-mram (tmr_pct=43)"; empty if the row is valid.
[[nodiscard]] QString validityText(const DesignTable &table, std::uint32_t row);

// Sources and warnings of all metrics of a row, each once.
[[nodiscard]] QStringList sourcesOf(const DesignTable &table, std::uint32_t row);
[[nodiscard]] QStringList warningsOf(const DesignTable &table, std::uint32_t row);

}  // namespace pimento
