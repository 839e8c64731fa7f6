// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/device.h"
#include "core/hardware/nvsim/nvsim_array.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Between an accelerator and NVSim's two files.

// The cell and one sub-array of an accelerator as NVSim would be told: junction and cell size, write energy and pulse
// of the device; read voltage, access transistor and roadmap as its nvsim_ parameters say; aggressive wires. Columns
// share an amplifier where the cell is narrower than one. The temperature is the nearest that NVSim knows (300 to 400
// K).
[[nodiscard]] NvsimCell nvsimCell(const Accelerator &accelerator, const DeviceState &device);
[[nodiscard]] NvsimConfig nvsimConfig(const Accelerator &accelerator);

// A cell alone stands in the accelerator's sub-array, at its own node if it says one. Columns share an amplifier where
// they are narrower than one or their word line could not be driven; the roadmap is the accelerator's, or the next of
// low operating power and high performance where its access transistor leaves the cells nothing to be told apart by.
[[nodiscard]] NvsimConfig nvsimConfigAround(const NvsimCell &cell, const Accelerator &accelerator);

// Gives an accelerator the cell, node, temperature and sub-array of the files, for either sense model; line
// capacitances by the wires and transistors of that node. The values name the file as their source. What a parameter
// can not hold is brought into its range and told: one sentence each. Rows, columns and node are not touched so.
[[nodiscard]] QStringList applyNvsim(Accelerator &accelerator, const NvsimCell &cell, const NvsimConfig &config,
                                     const QString &source);

// The same memory with sub-arrays of another size; word and capacity follow.
[[nodiscard]] NvsimConfig withSubarray(const NvsimConfig &config, int rows, int columns);

}  // namespace pimento
