// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/array/array.h"
#include "core/hardware/scaling/operating_point.h"

namespace pimento {

// The two sense models of an array: each fills in senses, the parts of read, write and AND2, and area and leakage of
// the plain memory. Device state and steps of a write are there already.

void buildPhysicalArray(ArrayTable &table, const OperatingPoint &at);

// An accelerator as given: NVSim's circuit does its own scaling.
void buildNvsimArray(ArrayTable &table, const Accelerator &accelerator);

}  // namespace pimento
