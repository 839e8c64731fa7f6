// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/project/project.h"

namespace pimento {

// The design points of a project: the papers' with its corrections, its estimates, its own tables, in this order.
// Throws Error naming what can not be computed: an unknown correction, network, variant or accelerator.
[[nodiscard]] DesignTable projectPoints(const Project &project);

}  // namespace pimento
