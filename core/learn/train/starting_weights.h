// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QJsonObject>

#include "core/jobs/job.h"
#include "core/learn/module/network_module.h"
#include "core/learn/train/batch_loader.h"

namespace pimento::learn {

// Puts the job's file of weights into the module of these variants: by its own names, or, of a file that holds one
// network by plain names, to each variant the channels that it keeps - slices of shared weights, copies of the batch
// norms. What such a file's padded shortcuts have in their middle is moved to the end, if more of the trial's images
// are right then. Returns what was done: file, plain (whether it was one network), variants (that were given copies),
// shortcut_padding, loaded, ignored, and a sentence as `text`. Throws Error for files that do not fit.
[[nodiscard]] QJsonObject startFromWeights(NetworkModule &module, const Job &job, const std::vector<Variant> &variants,
                                           const Binding &binding, const Source &trial);

}  // namespace pimento::learn
