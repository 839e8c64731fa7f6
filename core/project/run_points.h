// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explore/join.h"
#include "core/project/training_run.h"

namespace pimento {

// What a run measured as design points: a row for each result and scope (the head alone where there is an extractor:
// the accuracy is that of the whole inference which ends in this head), with the number of test images in the
// provenance. Where weights were trained on as integers, "quantisation-aware" stands behind the method in the row's
// training.
[[nodiscard]] RunNames namesOf(const TrainingRun &run);
[[nodiscard]] DesignTable accuraciesOf(const TrainingRun &run);

}  // namespace pimento
