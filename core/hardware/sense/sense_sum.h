// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>

#include "core/hardware/sense/sense.h"

namespace pimento {

// What three cells give when AND3, MAJ and OR3 are sensed together: one sense current makes one voltage, and three
// amplifiers compare it with three references.
//   XOR3 = AND3 or (OR3 and not MAJ)      (0 or 2 ones: 0; 1 or 3 ones: 1)
//   SUM  = XOR3 of two operands and a carry;  CARRY = MAJ, the same sense
enum class SumOp : std::uint8_t { Xor3, Sum, Carry };
inline constexpr std::size_t SumOpCount = 3;
inline constexpr std::array<const char *, SumOpCount> SumOpNames{"XOR3", "SUM", "CARRY"};

[[nodiscard]] constexpr bool xor3(bool and3, bool majority, bool or3) { return and3 || (or3 && !majority); }

struct SumCost {
  double margin_mv = 0;           // the smallest of the parts'
  std::array<double, 4> wrong{};  // static, by number of ones
  double error_rate = 0;          // mean over the four numbers of ones, as each stands beside a reference; CARRY: MAJ's
  // The same at the strobe of all three, with the noise of a read (SenseCost::strobed_error_rate).
  std::array<double, 4> strobed_wrong{};
  double strobed_error_rate = 0;
  double developed = 1;       // of the slowest part
  double settle_ns = 0;       // of the slowest part
  double energy_fj = 0;       // a column: the current of the cells, of three reference branches, three latches
  bool below_offset = false;  // of any part
};

// Error of XOR3 from its parts: their rates (sense_errors.h), less what they have in common. The cells are the same for
// the three amplifiers, so the overlap is taken over the voltage they share, a Gaussian of its first-order spread.
[[nodiscard]] SumCost sumCost(const Sensing &sensing, SumOp op, double line_ff, double vdd_v,
                              double temperature_k = SenseRoom_k);

}  // namespace pimento
