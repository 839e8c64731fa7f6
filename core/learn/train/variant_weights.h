// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include "core/learn/module/network_module.h"
#include "core/learn/module/weights_file.h"
#include "core/learn/train/batch_loader.h"

namespace pimento::learn {

// One variant with the weights of a file.
struct LoadedVariant {
  NetworkModule module;  // of this variant alone
  LoadReport report;
  Binding binding;  // how the file names its tensors; Alone: by their plain names, as the files of others
};

// Plain names, sizes of the variant: torchvision's files and those of common CIFAR ResNets.
[[nodiscard]] const Binding &aloneBinding();

// Reads a variant from the tensors of one network alone, of all variants of a shared network (slices of the shared
// weights, norms of its own) or of sub-nets trained apart: whichever names fit best. Tensors of the network's other
// variants and modules are not left over. Throws Error as importWeights does.
[[nodiscard]] LoadedVariant loadVariant(const NetworkSpec &spec, const Variant &variant, const NamedTensors &file);

// Whether the variant has shortcuts for which that makes a difference.
[[nodiscard]] bool hasWideningShortcuts(const NetworkSpec &spec, const Variant &variant);

// Renumbers the channels of weights that were trained with zero channels on both sides, so that they compute the same
// with all of them at the end. `module` holds this variant alone, by plain names.
void fromMiddlePadding(NetworkModule &module, const NetworkSpec &spec, const Variant &variant);

// Does so if `wanted` is "middle" (common CIFAR code puts half of the zero channels before the image's), or "auto" and
// more of the trial's images are classified right then. Returns "end" or "middle".
QString settlePadding(NetworkModule &module, const NetworkSpec &spec, const Variant &variant, const QString &wanted,
                      const Source &trial);

}  // namespace pimento::learn
