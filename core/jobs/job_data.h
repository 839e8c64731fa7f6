// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/batch.h"
#include "core/data/dataset.h"
#include "core/jobs/job.h"

namespace pimento {

// The data set of a job. Throws Error if it can not be read or does not have as many classes as the network tells
// apart; `place` names the job in messages.
[[nodiscard]] Dataset openData(const Job &job, const QString &place);

// A hash of all its images and labels: sets that are read alike have the same, whatever their files.
[[nodiscard]] QString hashOf(const Dataset &data);

// Throws Error naming both hashes, if a run that was begun with other images were to go on with these. A job that was
// not begun yet has none to differ from. `remedy`: what helps, in the words of who asks.
void requireSameImages(const Job &job, const QString &hash, const QString &place, const QString &remedy);

// How its images become the network's input: augmentation for training included, normalised by the training images.
// Throws Error if they can not.
[[nodiscard]] InputRecipe inputOf(const Job &job, const Dataset &data);

// Number of classes that a variant tells apart.
[[nodiscard]] int classesOf(const NetworkSpec &network, const Variant &variant);

}  // namespace pimento
