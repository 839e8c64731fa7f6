// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "app/session/scatter_points.h"

namespace pimento {

// What an exported chart says below itself of the designs that it shows: the kinds of the values of each axis, how
// corrected values came to be, why designs are doubtful or invalid, and the profiles of estimates with their hashes.
[[nodiscard]] QStringList designNotes(const Session &session, const Plane &plane);

// The notes on these rows and metrics of a table.
[[nodiscard]] QStringList designNotes(const DesignTable &table, std::span<const std::uint32_t> rows,
                                      std::span<const Metric> metrics);

// The notes below a chart about the network at hand on its accelerator, what-if included; empty if there is none.
[[nodiscard]] QStringList subjectNotes(const Session &session);

}  // namespace pimento
