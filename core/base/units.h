// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "core/base/metric.h"

namespace pimento {

// A value as people type it, in the unit of the metric: "35uJ", "35 µJ", "0.035 mJ" and "35" are all 35 for energy.
// A comma is taken as typedNumber takes it: "35,5" is 35.5. Units are those of the metric's base with an SI prefix (u
// or µ for micro); a plain number is in the metric's unit. Never negative. Throws Error naming `place`, the text and
// the known units.
[[nodiscard]] double parseValue(Metric metric, const QString &text, const QString &place);

// The units that parseValue knows for a metric, smallest first, in ASCII: "fJ", "pJ", …, "J".
[[nodiscard]] QStringList unitsOf(Metric metric);

}  // namespace pimento
