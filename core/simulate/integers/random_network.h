// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/simulate/integers/integer_program.h"

namespace pimento {

enum class ZeroPoints : std::uint8_t {
  Usual,  // 0 after a ReLU, else near the middle
  Any     // anywhere in the range
};

// A network of random integers: bell-shaped weights, each channel's words from random batch norms whose statistics are
// taken from a few random images, so that activations fill their range as those of a trained network do. Nothing is
// trained: it computes nothing of use, but exercises the arithmetic. A function of its arguments alone; layers that
// variants share come out equal. Throws Error for bits past MaxIntegerBits.
[[nodiscard]] QuantisedNetwork randomNetwork(const NetworkSpec &spec, const std::vector<Variant> &variants,
                                             const Binding &binding, Bits bits, std::uint64_t seed,
                                             ZeroPoints zeroPoints = ZeroPoints::Usual);

// An image of independent uniform integers in the input's format.
[[nodiscard]] Map randomImage(const IntegerProgram &program, std::uint64_t seed, std::uint64_t index);

}  // namespace pimento
