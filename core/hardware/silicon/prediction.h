// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "core/hardware/profile/accelerator.h"
#include "core/hardware/silicon/chip_data.h"

namespace pimento {

// What the physical model says of a published figure without having seen it: the profile of the chip's cell at the
// chip's own node, supply and temperature, with its organisation and what else its source states, and nothing fitted.

// Supply that the circuits of a node are made for, where a source does not state one: high-performance logic of the
// ITRS, straight between its nodes.
[[nodiscard]] double nominalSupply_v(double node_nm);

// A chip as an accelerator of the model. Capacity: the stated one, else that of one sub-array, whose rows are no more
// than the capacity has.
[[nodiscard]] Accelerator acceleratorOf(const PublishedChip &chip, const Measurement &figure);

// In the unit of the quantity; nothing where the model has no such quantity, or the figure needs a precision that its
// source does not state. Definitions:
//   memory     sub-arrays of the plain memory (no add-ons) with their wiring, under an H-tree whose path is the side of
//              the memory; one sub-array has none
//   access     a read of a sub-array and the way on the tree; rates are of one sub-array after another: its read or
//              write alone; energies a bit of a read or written word
//   efficiency AND of two rows, count, shift and addition over all columns: 2 operations a column and bit pair;
//              densities by the slowest of these steps, as they overlap
[[nodiscard]] std::optional<double> predict(const PublishedChip &chip, const Measurement &figure);

// "22 nm, 0.85 V, 300 K (not stated), 256x512 in 8 sub-arrays": what the prediction is for.
[[nodiscard]] QString conditionsOf(const PublishedChip &chip, const Measurement &figure);

// Why a figure is shown and not scored; empty where it is scored.
[[nodiscard]] QString whyUnscored(const Measurement &figure);

}  // namespace pimento
