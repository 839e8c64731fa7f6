// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/hardware/profile/parameters.h"

namespace pimento {

// Why changing a parameter changes nothing of an accelerator as its models are chosen: "write_model is fixed: current
// and stability are as given"; empty if it may change something.
[[nodiscard]] QString whyIdle(const Accelerator &accelerator, const Parameter &parameter);

}  // namespace pimento
