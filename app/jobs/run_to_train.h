// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/jobs/job.h"

namespace pimento {

// Whether the number of epochs was asked for by itself: then a finished run may get more.
enum class Epochs : std::uint8_t { OfRecipe, Asked };

enum class Settled : std::uint8_t { New, Found };

// Makes the run's directory for a job, or finds the same one that was begun there; what both are called is no matter,
// and a name that is given now is kept. A finished run whose job differs in nothing but asked epochs, which are more,
// becomes one with so many: it is trained on from its last weights. A job that was refused before it learned anything
// gives way. Throws Error if the directory holds another job, or a worker is at it where something is to be changed.
Settled settleRun(const QString &directory, const Job &job, Epochs epochs);

}  // namespace pimento
