// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "core/jobs/job.h"

namespace pimento {

// The words of pimento train that make this job, "pimento" first. `learnedFrom` is where its sub-nets stand if a run
// learned them, as --variants takes it; without it nothing can name those, and there are no words.
[[nodiscard]] QStringList trainWords(const Job &job, const QString &learnedFrom = {});

}  // namespace pimento
