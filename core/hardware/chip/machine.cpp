// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/chip/machine.h"

#include "core/hardware/scaling/operating_point.h"

namespace pimento {

Machine buildMachine(const Accelerator &accelerator) {
  Machine m;
  m.dimensions = accelerator.array;
  m.parameters = operatingPoint(accelerator).chip;
  m.schedule = accelerator.schedule;
  m.array = buildArray(accelerator);
  m.chip = buildChip(accelerator, m.array);
  m.idle_w = idleLeakage_w(m.chip, banksFor(m.chip, 0), 0);
  return m;
}

}  // namespace pimento
