// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/array/array.h"
#include "core/hardware/chip/chip.h"

namespace pimento {

// An accelerator ready to estimate with: its parameters at its operating point and the prices that follow from them.
// Holds no text.
struct Machine {
  Array dimensions;
  Chip parameters;
  Schedule schedule;
  ArrayTable array;
  ChipTable chip;
  double idle_w = 0;  // gated sub-arrays, the smallest banks and the DPU, always there
};

[[nodiscard]] Machine buildMachine(const Accelerator &accelerator);

}  // namespace pimento
