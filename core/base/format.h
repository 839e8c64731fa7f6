// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/base/metric.h"

namespace pimento {

// For files: the shortest text that reads back as the same double, C locale, never grouped ("34.9914", "1.5e-07").
[[nodiscard]] QString exactNumber(double value);

// For people: four significant digits with an SI prefix where the metric takes one ("34.99 µJ", "1.098 G", "53.82 %").
[[nodiscard]] QString shortValue(Metric metric, double value);

// For people: `value` (in `base`) with four significant digits and an SI prefix ("2.31 µW").
[[nodiscard]] QString siValue(double value, const QString &base);

// Four significant digits, without exponent from 1e-4 to 1e7 ("0.05382", "1234", "1.235e+09").
[[nodiscard]] QString fourDigits(double value);

// What a ratio says whose base is zero.
inline const QString DividesByZero = QStringLiteral("n/a - divides by zero");

// For people: how `value` stands to `base`: "2.3x".
[[nodiscard]] QString ratioText(double value, double base);

// Integer with thin grouping by commas ("1,097,869,312").
[[nodiscard]] QString grouped(qint64 value);

}  // namespace pimento
