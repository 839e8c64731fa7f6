// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/accelerator.h"
#include "core/project/project.h"

namespace pimento {

// The design points of a project: the papers' with its corrections, its estimates, its own tables, in this order.
// If it has both of the first, an estimate stands there once more for each published accuracy of the same variant and
// bits, joined with it (see join.h). Estimates have rows for whole inference and, where there is a feature extractor,
// for the head alone; what several of them agree on (their references) stands once. Throws Error naming what can not be
// computed: an unknown correction, network, variant, accelerator or GPU power, and estimates that give one design
// different values.
[[nodiscard]] DesignTable projectPoints(const Project &project);

// The accelerator that an estimate of the project is made for. Throws Error if its profile is not known or bad.
[[nodiscard]] Accelerator acceleratorOf(const Project &project, const EstimateChoice &choice);

}  // namespace pimento
