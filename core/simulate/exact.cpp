// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/exact.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/simulate/patch_reader.h"
#include "core/simulate/wide.h"

namespace pimento {

namespace {

// Sums of products in 32 bits: 16-bit factors, so that the compiler multiplies and adds pairs in one instruction.
PIMENTO_WIDE void dots32(const std::int16_t *weights, const std::int16_t *patch, std::int64_t length,
                         std::int64_t count, std::int64_t *out, std::int64_t stride) {
  for (std::int64_t k = 0; k < count; ++k, weights += length) {
    std::int32_t sum = 0;
    for (std::int64_t i = 0; i < length; ++i) sum += std::int32_t{weights[i]} * patch[i];
    out[k * stride] = sum;
  }
}

PIMENTO_WIDE void dots64(const std::int16_t *weights, const std::uint16_t *patch, std::int64_t length,
                         std::int64_t count, std::int64_t *out, std::int64_t stride) {
  for (std::int64_t k = 0; k < count; ++k, weights += length) {
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < length; ++i) sum += std::int64_t{weights[i]} * patch[i];
    out[k * stride] = sum;
  }
}

// 32-bit sums suffice for every order of addition if the positive and the negative part do each; 16-bit signed factors
// hold activations below 2^15.
bool fits32(const IntegerLayer &layer) {
  const IntegerRange width = signedRange(32);
  for (int k = 0; k < layer.out.channels; ++k) {
    const IntegerRange sum = accumulatorBounds(layer, k);
    if (!width.holds(sum.low) || !width.holds(sum.high)) return false;
  }
  return layer.inBits < 16;
}

}  // namespace

std::vector<std::int64_t> exactAccumulators(const IntegerLayer &layer, const Map &input) {
  const std::int64_t pixels = std::int64_t{layer.out.height} * layer.out.width;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(layer.out.elements()));
  std::vector<std::uint16_t> patch(static_cast<std::size_t>(layer.patch));
  const auto *narrow = reinterpret_cast<const std::int16_t *>(patch.data());
  const bool small = fits32(layer);
  const PatchReader reader(layer, input);
  const auto dots = [&](std::int64_t first, std::int64_t count, std::int64_t pixel) {
    std::int64_t *out = sums.data() + first * pixels + pixel;
    if (small)
      dots32(layer.kernelWeights(first), narrow, layer.patch, count, out, pixels);
    else
      dots64(layer.kernelWeights(first), patch.data(), layer.patch, count, out, pixels);
  };
  for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
    const int y = static_cast<int>(pixel / layer.out.width);
    const int x = static_cast<int>(pixel % layer.out.width);
    if (layer.op == Op::Depthwise) {
      for (int c = 0; c < layer.out.channels; ++c) {
        reader.readChannel(c, y, x, patch.data());
        dots(c, 1, pixel);
      }
    } else {
      reader.read(y, x, patch.data());
      dots(0, layer.out.channels, pixel);
    }
  }
  return sums;
}

Evaluation evaluateWith(const IntegerProgram &program, const Map &image, const Accumulate &accumulate) {
  const IntegerLayer &input = program.layers.front();
  const auto high = activationRange(input.format.bits).high;
  if (static_cast<std::int64_t>(image.size()) != input.out.elements() ||
      std::any_of(image.begin(), image.end(), [&](std::uint16_t q) { return q > high; }))
    throw Error(program.place, QStringLiteral("the image has not the %1 elements of %2 bits that the input takes")
                                   .arg(input.out.elements())
                                   .arg(input.format.bits));
  Evaluation run;
  run.maps.reserve(program.layers.size());
  for (const IntegerLayer &layer : program.layers) {
    LayerResult result;
    if (layer.op == Op::Input) {
      result = layer.logits ? LayerResult{{}, {image.begin(), image.end()}} : LayerResult{image, {}};
    } else if (hasWeights(layer.op)) {
      result = requantised(layer, accumulate(layer, run.maps[layer.inputs[0]]));
    } else {
      std::vector<const Map *> inputs;
      for (const std::size_t i : layer.inputs) inputs.push_back(&run.maps[i]);
      result = digitalLayer(layer, inputs);
    }
    run.maps.push_back(std::move(result.map));
    if (layer.logits) run.logits = std::move(result.logits);
  }
  return run;
}

Evaluation evaluate(const IntegerProgram &program, const Map &image) {
  return evaluateWith(program, image, exactAccumulators);
}

std::size_t argmax(std::span<const std::int32_t> logits) {
  return static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

}  // namespace pimento
