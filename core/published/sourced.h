// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <initializer_list>
#include <vector>

#include "core/published/paper_tables.h"

namespace pimento {

// A value on its way into the design table, with the expression that gives it: "24.2 µs + 4.6 µs".
struct Sourced {
  double value = 0;
  QString expression;
  Provenance from;
};

// A printed value, in `unit` (with its space).
[[nodiscard]] Sourced sourced(const PrintedCell &cell, const QString &unit = {});

// A value computed from others: derived, from all their sources, with all their warnings; formula "symbol =
// expression". Rounded to 15 digits: sums and products of printed decimals come out as the decimals they are.
[[nodiscard]] Sourced derive(const QString &symbol, double value, const QString &expression,
                             const std::vector<Sourced> &parts);

// The one part as it is, or the derived sum of several.
[[nodiscard]] Sourced sum(const QString &symbol, const std::vector<Sourced> &parts);

// Σ a_i b_i x scale, for energies from power and time.
[[nodiscard]] Sourced sumOfProducts(const QString &symbol, const std::vector<Sourced> &a, const std::vector<Sourced> &b,
                                    double scale = 1);

// a / b x scale.
[[nodiscard]] Sourced quotient(const QString &symbol, const Sourced &a, const Sourced &b, double scale = 1);

}  // namespace pimento
