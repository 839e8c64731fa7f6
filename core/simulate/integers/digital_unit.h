// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/simulate/integers/integer_program.h"

// What the digital unit beside the arrays does; exact in every simulation.
namespace pimento {

// Result of one layer: activations, or logits of the output layer.
struct LayerResult {
  Map map;
  std::vector<std::int32_t> logits;
  bool operator==(const LayerResult &) const = default;
};

// Accumulators of a layer with weights (channel, row, column; without bias), requantised.
[[nodiscard]] LayerResult requantised(const IntegerLayer &layer, const std::vector<std::int64_t> &accumulators);

// A layer without weights. `inputs` as many as the layer has.
[[nodiscard]] LayerResult digitalLayer(const IntegerLayer &layer, const std::vector<const Map *> &inputs);

}  // namespace pimento
