// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/device.h"
#include "core/hardware/nvsim/nvsim_array.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Between an accelerator and NVSim's two files.

// The cell and one sub-array of an accelerator as NVSim would be told: junction and cell size, write energy and pulse
// of the device; read voltage, access transistor and wires as in its SOT_45 sample (0.25 V, 4 F, aggressive).
[[nodiscard]] NvsimCell nvsimCell(const Accelerator &accelerator, const DeviceState &device);
[[nodiscard]] NvsimConfig nvsimConfig(const Accelerator &accelerator);

// Gives an accelerator the cell, node and sub-array of the files, for either sense model; line capacitances by
// the wires and transistors of that node. The values name the file as their source. Ranges are not checked here.
void applyNvsim(Accelerator &accelerator, const NvsimCell &cell, const NvsimConfig &config, const QString &source);

// The same memory with sub-arrays of another size; word and capacity follow.
[[nodiscard]] NvsimConfig withSubarray(const NvsimConfig &config, int rows, int columns);

}  // namespace pimento
