// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/profile/parameters.h"

namespace pimento {

// Where a slider stands for a value of a parameter. Ranges of parameters span up to fifteen decades, so a slider covers
// a decade on either side of the value it starts from (and whatever is typed beyond), on a logarithmic scale where the
// ends lie far apart; its left end is the parameter's minimum if that is 0. Values have three significant digits.
class SliderScale {
 public:
  SliderScale() = default;
  SliderScale(const Parameter &parameter, double base, double value);

  [[nodiscard]] int steps() const { return m_steps; }
  [[nodiscard]] int positionOf(double value) const;
  [[nodiscard]] double valueAt(int position) const;  // the base value itself where the slider starts
  [[nodiscard]] bool isLogarithmic() const { return m_logarithmic; }

 private:
  [[nodiscard]] int rawPosition(double value) const;

  double m_minimum = 0;  // of the parameter: no value lies outside
  double m_maximum = 1;
  double m_low = 0;
  double m_high = 1;
  double m_base = 0;
  bool m_logarithmic = false;
  bool m_zeroEnd = false;
  bool m_whole = false;
  bool m_powers = false;
  int m_steps = 1;
};

// Whether only powers of two make sense: what an address or a multiplexer picks from.
[[nodiscard]] bool isPowerOfTwo(const Parameter &parameter);

// The value that a control takes for one that is typed or pointed at: the next power of two or whole number, inside of
// the parameter's range.
[[nodiscard]] double snapped(const Parameter &parameter, double value);

// What the arrow keys of a spin box make of a value: steps of a tenth of the leading decade, at least 1 for whole
// numbers; doubles and halves of powers of two.
[[nodiscard]] double steppedBy(const Parameter &parameter, double value, int steps);

}  // namespace pimento
