// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>

#include "core/hardware/sense/sense.h"

namespace pimento {

// Errors of one operation over the number of ones among its open cells. They are static: the share of columns and
// cells that are wrong as made, always, on a line that has settled. What the noise of a read adds is apart
// (noiseFlips); what an early strobe adds, in sense_strobe.h.
struct SenseErrors {
  int cells = 0;
  std::array<double, 4> wrong{};  // [ones], for 0 … cells ones
  double headline = 0;            // mean of the two states beside the reference
};

// Analytic, without allocation, half a microsecond a state; one truth with SenseCost::error_rate, which is its
// headline. Offset and draws of the cells span a space of at most seven independent Gaussian dimensions, in which
// "wrong" has a smooth border. The rate follows from the border's nearest point and its curvature there (second-order
// reliability: Breitung 1984, with the factor of Hohenbichler and Rackwitz 1988). Against Monte Carlo of the same cell
// it agrees within 2 % for rates from 1e-6 to 0.2 and spreads up to 10 %; the error grows with the square of the
// spread.
[[nodiscard]] SenseErrors senseErrors(const Sensing &sensing, SenseOp op);
[[nodiscard]] double headlineError(const Sensing &sensing, SenseOp op);

// Share of columns and cells in which `cells` open cells with `ones` high ones, and the offset, lie above `level_mv`
// (Side::Above) or below it.
enum class Side : std::uint8_t { Above, Below };
[[nodiscard]] double shareBeyond(const Sensing &sensing, int cells, int ones, double level_mv, Side side);

// Share of reads that the noise of a read (standard deviation noise_mv) turns against what the same column and cells
// give without it; mean of the two states beside the reference. First order in the noise, which is to be small beside
// offset and spread: 2 f noise / sqrt(2 pi) for the density f of voltages at the reference.
[[nodiscard]] double noiseFlips(const Sensing &sensing, SenseOp op, double noise_mv);

}  // namespace pimento
