// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/simulate/integers/quantised_network.h"

namespace pimento {

using Map = std::vector<std::uint16_t>;  // activations of one image: channel, row, column

// One layer of a variant, ready to run: shapes and weights cut to the kept channels, batch norm folded in.
struct IntegerLayer {
  LayerId layer = 0;   // what is computed
  LayerId result = 0;  // whose map comes out: the batch norm folded in, or `layer`
  Op op = Op::Input;
  std::vector<std::size_t> inputs;  // into IntegerProgram::layers
  Shape in;                         // of the first input
  Shape out;
  int kernel = 1;
  int stride = 1;
  int padding = 0;
  int inBits = 8;
  std::int32_t inZero = 0;            // of the first input
  Format format;                      // of the result; meaningless for logits
  std::int32_t floor = 0;             // least activation: the zero point after a ReLU
  bool logits = false;                // the output layer
  std::int64_t patch = 0;             // weights that meet in one accumulator
  bool narrowSums = false;            // 32-bit sums of 16-bit signed factors suffice in every order of addition
  std::vector<std::int16_t> weights;  // kernel, then patch: input channel, kernel row, kernel column
  std::vector<Requantiser> words;
  std::vector<int> sources;  // PadShortcut: input channel of an output channel, or -1 for one that holds the zero point
  [[nodiscard]] const std::int16_t *kernelWeights(std::int64_t channel) const {
    return weights.data() + channel * patch;
  }
};

struct IntegerProgram {
  QString place;  // "network resnet20-slimmable, variant 1.0", for messages
  Bits bits;
  std::vector<IntegerLayer> layers;  // in execution order; the first is the input
  [[nodiscard]] Shape input() const { return layers.front().out; }
};

// A variant of a quantised network, checked whole. Throws Error naming the layer for words or weights that are missing
// or out of range, formats that do not fit, and accumulators that the largest activations would overflow.
[[nodiscard]] IntegerProgram integerProgram(const QuantisedNetwork &network, std::size_t variant);

// What the accumulator of one kernel can hold at most: sums of its negative and of its positive weights times the
// largest activation.
[[nodiscard]] IntegerRange accumulatorBounds(const IntegerLayer &layer, std::int64_t channel);

}  // namespace pimento
