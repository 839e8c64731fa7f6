// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <optional>

namespace pimento {

// What somebody typed where a number goes. Numbers are written with a point whatever the locale, and a comma is
// understood where it can mean one thing only: "35,5" is 35.5 and "1,234,567" is 1234567, but "1,234" may be either and
// "1.234,5" mixes both.
struct TypedNumber {
  QString digits;   // as C writes the number: "35.5", "1e-3"; empty if it is none
  QString problem;  // what to write instead of a comma that is not understood; empty without one
  [[nodiscard]] std::optional<double> value() const;  // finite
};
[[nodiscard]] TypedNumber typedNumber(const QString &text);

// The number that a text stands for where only whole numbers go, so that "1,234" is 1234 and "35,5" none.
[[nodiscard]] TypedNumber typedWhole(const QString &text);

}  // namespace pimento
