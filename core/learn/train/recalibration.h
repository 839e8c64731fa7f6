// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <functional>

#include "core/learn/train/batch_loader.h"
#include "core/learn/train/trainer.h"
#include "core/learn/train/variant_weights.h"

namespace pimento::learn {

// Takes the running statistics of all batch norms anew from `images` (all of the source, not augmented): mean and
// unbiased variance of each batch of the way forward in training mode, averaged over the batches by their images. These
// are the post-statistics with which universally slimmable networks run at widths that no norm was trained for (Yu and
// Huang 2019). Scales and shifts stay. Returns false if it was told to end; then the statistics are those of a part.
bool recalibrate(NetworkModule &module, const Source &images, const std::function<Command()> &command);

// Weights of a file that a variant is taken from.
struct HeldVariant {
  LoadedVariant loaded;
  Variant variant;  // that is loaded: the one asked for, or a wider one
  QString from;     // name of the wider variant whose first channels are taken; empty: the file holds the one asked for
};

// Loads a variant as loadVariant() does, where the file holds it. Else the variant is the first channels, scales and
// shifts of norms included, of the next wider one that the file holds. Its statistics mean nothing at this width until
// recalibrate().
[[nodiscard]] HeldVariant holdVariant(const NetworkSpec &spec, const Variant &variant, const NamedTensors &file);

// Throws Error as requireComplete() does if the report tells that a file does not hold a variant; where holdVariant()
// would take it from a wider one, the remedy says so.
void requireHeld(const LoadReport &report, const NetworkSpec &spec, const Variant &variant, const NamedTensors &file);

// Settles the padding of the shortcuts of others' weights (settlePadding(), whose answer it returns; empty where that
// makes no difference), then leaves the variant itself in `held`.
QString settleHeld(HeldVariant &held, const NetworkSpec &spec, const Variant &variant, const QString &padding,
                   const std::function<Source()> &trial);

}  // namespace pimento::learn
