// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QStringList>
#include <vector>

#include "core/jobs/job.h"
#include "core/learn/train/group_lasso.h"

namespace pimento::learn {

[[nodiscard]] QStringList variantNames(const std::vector<Variant> &variants);

// What a job trains. A group Lasso trains the widest variant anew for each strength of the penalty; all other methods
// train the job's.
[[nodiscard]] std::vector<Variant> trainedVariants(const Job &job);

// The sub-nets that penalties have left, named by the share of the channels that they keep: "lasso-0.52".
[[nodiscard]] std::vector<Variant> learnedVariants(const NetworkSpec &network, const std::vector<GroupLasso> &penalties,
                                                   const ParameterStore &store);

}  // namespace pimento::learn
