// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/network/network_spec.h"

namespace pimento::test {

// A small valid network of random shape, with every layer kind in some of the seeds: convolutions with and without
// batch norm (folded, alone, read twice), biases, odd kernels, strides and paddings, depthwise layers, residual
// additions, padded shortcuts, pools, averages, and linear layers on flattened maps.
[[nodiscard]] NetworkSpec randomGraph(std::uint64_t seed);

// The variants to run of one: all channels, and a random subset as prefix or indices.
[[nodiscard]] std::vector<Variant> randomVariants(const NetworkSpec &spec, std::uint64_t seed);

}  // namespace pimento::test
