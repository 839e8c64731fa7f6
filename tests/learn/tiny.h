// SPDX-License-Identifier: GPL-3.0-or-later
// A network small enough that tests train it in a moment, with every kind of layer that training has to know.
#pragma once
#include "core/jobs/job.h"
#include "core/learn/train/batch_loader.h"
#include "core/network/network_spec.h"

namespace pimento::test {

// A residual stage (channels tied by an addition), a depthwise layer, a shortcut of option A, pooling and a linear
// layer on 3x8x8 images. Variants "1.0" and "0.5"; two heads "a" and "b" in `tinyHeads`.
[[nodiscard]] NetworkSpec tinyNetwork(int classes = 3);
[[nodiscard]] NetworkSpec tinyHeads(int classes = 3);

// Images whose class can be read from which part of them is bright; `n` of them, a function of the seed.
[[nodiscard]] learn::Source tinyImages(std::size_t n, int classes, std::uint64_t seed);

// The same as a data set of files in MNIST's format: grey, 8x8, `train` and `test` images.
void writeTinySet(const QString &folder, std::size_t train, std::size_t test, int classes = 3);

// A job on such a set: a recipe of a few tiny epochs for the method, batches of 16, all variants of the network.
[[nodiscard]] Job tinyJob(const NetworkSpec &network, Method method, const QString &data);

}  // namespace pimento::test
