// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/watch.h"
#include "core/hardware/accelerator.h"
#include "core/project/project.h"

namespace pimento {

// The design points of a project: the papers' with its corrections, its estimates, its runs, its own tables, in this
// order. If it has both of the first, an estimate stands there once more for each published accuracy of the same
// variant and bits, joined with it (see join.h). A run's designs are the estimates of its own network and variants,
// each with the accuracy measured at its bits: single precision with the GPU, integers with the accelerators. Estimates
// have rows for whole inference and, where there is a feature extractor, for the head alone; what several of them agree
// on (their references) stands once. Throws Error naming what can not be computed: an unknown correction, network,
// variant, run, accelerator or GPU power, and estimates that give one design different values; or when the watch stops.
[[nodiscard]] DesignTable projectPoints(const Project &project, const Watch &watch = {});

// What an estimate of the project is of. Throws Error if it is not known.
struct EstimatedNetwork {
  NetworkSpec network;
  std::vector<Variant> variants;
};
[[nodiscard]] EstimatedNetwork networkOf(const Project &project, const EstimateChoice &choice);

// One of its variants by name, or a width of a family. Throws Error.
[[nodiscard]] Variant variantOf(const EstimatedNetwork &estimated, const QString &name);

// The accelerator that an estimate of the project is made for. Throws Error if its profile is not known or bad.
[[nodiscard]] Accelerator acceleratorOf(const Project &project, const EstimateChoice &choice);

}  // namespace pimento
