// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/network/network_spec.h"

namespace pimento {

// Channels that a variant keeps of all adjustable spaces.
[[nodiscard]] int adjustableChannels(const NetworkSpec &spec, const Variant &variant);

// The variant of the most multiply-accumulates; of equal ones that with the most kept channels, then the first. Lists
// of variants are in the order in which they were named: what stands first in them is not the widest. `variants` must
// not be empty.
[[nodiscard]] const Variant &widestVariant(const NetworkSpec &spec, const std::vector<Variant> &variants);

// Variants that answer: what they end in is read by no other layer of the network, as a classifier's scores are. (A
// network may name parts of itself too, such as its convolutions.)
[[nodiscard]] std::vector<Variant> classifiers(const NetworkSpec &spec);

}  // namespace pimento
