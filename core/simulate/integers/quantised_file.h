// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/files/safetensors.h"
#include "core/simulate/integers/quantised_network.h"

namespace pimento {

// A quantised network as safetensors. Metadata: format "pimento-quantised", version "1", and "network", a JSON object
// with network and variants (network_json.h), binding, bits_w, bits_a and, for trained ones, origin. Tensors:
//   TENSOR                 weights, I8 or I16: kernels x inputs x inner, by their names in the network
//   TENSOR:scale           F64, a kernel each; absent where reals are not known
//   variants.N.formats     F64, layers x 3: bits, zero point, scale
//   variants.N.counts      I32, words of each layer
//   variants.N.words       I64, words x 3: bias, multiplier, shift; layer after layer
[[nodiscard]] SafeTensors writeQuantised(const QuantisedNetwork &network);

// Reads and checks it whole: every variant can be run (integerProgram). Throws Error naming `place` and what is wrong;
// at most 1,000 variants.
[[nodiscard]] QuantisedNetwork readQuantised(const SafeTensors &file, const QString &place);

// Reads the quantised network of a file of at most 8 GB. Throws Error naming it.
[[nodiscard]] QuantisedNetwork loadQuantised(const QString &path);

// Name of the file in a run's directory: "quantised-8x8.safetensors" for post-training,
// "quantised-aware-8x8.safetensors" for quantisation-aware training.
[[nodiscard]] QString quantisedFileName(Bits bits, ResultHow how);

}  // namespace pimento
