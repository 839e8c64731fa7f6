// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/machine.h"

namespace pimento {

Machine buildMachine(const Accelerator &accelerator) {
  Machine m;
  m.dimensions = accelerator.array;
  m.parameters = accelerator.chip;
  m.schedule = accelerator.schedule;
  m.array = buildArray(accelerator);
  m.chip = buildChip(accelerator, m.array);
  m.idle_w =
      static_cast<double>(m.chip.subarrays) * m.chip.subarray_leakage_w * m.chip.gated_share + m.chip.dpu_leakage_w;
  return m;
}

}  // namespace pimento
