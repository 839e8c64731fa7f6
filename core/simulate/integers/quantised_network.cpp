// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/quantised_network.h"

#include <algorithm>

namespace pimento {

LayerId resultOf(const NetworkSpec &spec, const Variant &variant, const std::vector<LayerId> &active, LayerId layer) {
  const Layer &own = spec.layers[layer];
  if (!hasWeights(own.op) || own.activation != Activation::None || layer == variant.output) return layer;
  LayerId reader = layer;
  for (const LayerId id : active) {
    const auto &inputs = spec.layers[id].inputs;
    if (std::find(inputs.begin(), inputs.end(), layer) == inputs.end()) continue;
    if (reader != layer || spec.layers[id].op != Op::BatchNorm) return layer;
    reader = id;
  }
  return reader;
}

std::size_t wordCount(Op op, int keptChannels) {
  switch (op) {
    case Op::Conv:
    case Op::Depthwise:
    case Op::Linear:
    case Op::BatchNorm:
      return static_cast<std::size_t>(keptChannels);
    case Op::GlobalAveragePool:
      return 1;
    case Op::Add:
      return 2;
    case Op::Input:
    case Op::MaxPool:
    case Op::PadShortcut:
      break;
  }
  return 0;
}

}  // namespace pimento
