// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Memory elements with published or derived values, each value with its source: resources/devices, in the format of
// accelerator profiles. A preset is the whole section "device" and the cell's part of "sensing" and "array":
// resistances and their spread, cell size, lines a cell. What it leaves out is at its default.
[[nodiscard]] QStringList devicePresets();  // names, the default first
[[nodiscard]] QString devicePresetTitle(const QString &name);

// Replaces the memory element of an accelerator, sources included. Throws Error with the known names.
void applyDevicePreset(Accelerator &accelerator, const QString &name);

}  // namespace pimento
