// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/batch.h"
#include "core/data/dataset.h"
#include "core/jobs/job.h"

namespace pimento {

// The data set of a job. Throws Error if it can not be read or does not have as many classes as the network tells
// apart; `place` names the job in messages.
[[nodiscard]] Dataset openData(const Job &job, const QString &place);

// How its images become the network's input: augmentation for training included, normalised by the training images.
// Throws Error if they can not.
[[nodiscard]] InputRecipe inputOf(const Job &job, const Dataset &data);

// Number of classes that a variant tells apart.
[[nodiscard]] int classesOf(const NetworkSpec &network, const Variant &variant);

}  // namespace pimento
