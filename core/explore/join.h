// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explore/design_table.h"

namespace pimento {

// Costs and accuracies of the same thing side by side: for every row of `costs` without a data set and every row of
// `accuracies` of the same network, variant, bits and scope that has an accuracy but no energy, one row with data set,
// training and accuracy of the latter and all else of the former. References are left out. Each value keeps its
// provenance, so a joined row is as weak as its costs.
[[nodiscard]] DesignTable joinedAccuracies(const DesignTable &costs, const DesignTable &accuracies);

// What all designs of one training run have in common.
struct RunNames {
  QString dataset;
  QString training;
  QString run;
};

// The designs of one training run: every row of `costs` (estimates of its network, references too) under these names,
// with the accuracy of the same variant, bits and scope where there is one; a row each, with their own training, where
// there are several. An accuracy of whole inference without costs is a row of its own.
[[nodiscard]] DesignTable runDesigns(const RunNames &names, const DesignTable &costs, const DesignTable &accuracies);

}  // namespace pimento
