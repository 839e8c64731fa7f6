// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/network/network_spec.h"

namespace pimento {

enum class Convention : std::uint8_t { AsRun, Published };

// Precision of weights and activations in bits; 0 = not known.
struct Bits {
  int weights = 8;
  int activations = 8;
  bool operator==(const Bits &) const = default;
};

// Operations and parameters of one layer for one image.
// macs: multiply-accumulates of conv, depthwise and linear layers (others 0). params: weights + biases + 2 a
// batch-norm channel. Under Convention::Published macs follow the paper's way of counting.
struct LayerCount {
  LayerId layer = 0;
  Shape input;
  Shape output;
  std::int64_t macs = 0;
  std::int64_t params = 0;
};

struct Counts {
  std::int64_t macs = 0;
  std::int64_t params = 0;
  std::int64_t convLayers = 0;  // conv and depthwise
  std::int64_t convMacs = 0;
  std::int64_t convParams = 0;  // with their batch norms
  std::int64_t fcLayers = 0;
  std::int64_t fcMacs = 0;
  std::int64_t fcParams = 0;
};

// One entry a layer the variant runs, in execution order. Throws Error if the family has no published convention.
[[nodiscard]] std::vector<LayerCount> countLayers(const NetworkSpec &spec, const Variant &variant,
                                                  Convention convention = Convention::AsRun);

// Sum over the layers of one module, or of all ("").
[[nodiscard]] Counts total(const NetworkSpec &spec, const std::vector<LayerCount> &layers, const QString &module = {});

// Sum over all modules but the feature extractor: what "head only" costs.
[[nodiscard]] Counts totalWithoutExtractor(const NetworkSpec &spec, const std::vector<LayerCount> &layers);

// Bit-wise ANDs of `macs` at a precision: macs x W x A.
[[nodiscard]] constexpr std::int64_t bitAnds(std::int64_t macs, Bits bits) {
  return macs * bits.weights * bits.activations;
}

// "8:8" → Bits; each 1 to 32. Throws Error.
[[nodiscard]] Bits parseBits(const QString &text, const QString &place);

}  // namespace pimento
