// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/exact.h"

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/simulate/integers/integer_products.h"
#include "core/simulate/integers/patch_reader.h"
#include "core/simulate/integers/strip_reader.h"

namespace pimento {

namespace {

// Weights as factors whose sums stay within 32 bits. Where whole ones do not (16-bit activations, wide accumulators),
// they are parted into a low and a high byte of their own and summed over few pairs at a time.
class Factors {
 public:
  explicit Factors(const IntegerLayer &layer)
      : m_kernels(layer.out.channels), m_pairs(static_cast<int>((layer.patch + 1) / 2)), m_split(!layer.narrowSums) {
    const auto stride = static_cast<std::size_t>(2 * m_pairs);
    m_low.assign(static_cast<std::size_t>(m_kernels) * stride, 0);
    if (m_split) m_high = m_low;
    for (int k = 0; k < m_kernels; ++k) {
      const std::int16_t *from = layer.kernelWeights(k);
      std::int16_t *low = m_low.data() + static_cast<std::size_t>(k) * stride;
      if (!m_split) {
        std::copy_n(from, layer.patch, low);
        continue;
      }
      std::int16_t *high = m_high.data() + static_cast<std::size_t>(k) * stride;
      for (std::int64_t i = 0; i < layer.patch; ++i) {
        low[i] = static_cast<std::int8_t>(from[i] & 0xff);
        high[i] = static_cast<std::int16_t>((from[i] - low[i]) / 256);
      }
    }
    for (int k = 0; k < m_kernels; ++k)
      m_sums.push_back(std::accumulate(layer.kernelWeights(k), layer.kernelWeights(k) + layer.patch, std::int64_t{0}));
  }

  [[nodiscard]] int pairs() const { return m_pairs; }

  // Sums of kernels `first` to `first + kernels` on a strip, the operands' offset put back, to out[k x stride + pixel].
  void sum(int first, int kernels, const StripReader &reader, const std::int16_t *operands, int pixels,
           std::int64_t *out, std::int64_t stride) {
    const auto products = integerProducts().strip;
    const std::int64_t width = 2 * m_pairs;
    m_part.resize(static_cast<std::size_t>(kernels) * StripPixels);
    const int step = m_split ? SplitPairs : m_pairs;
    for (int pair = 0; pair < m_pairs; pair += step)
      for (int half = 0; half < (m_split ? 2 : 1); ++half) {
        const std::vector<std::int16_t> &weights = half == 0 ? m_low : m_high;
        products(weights.data() + first * width + 2 * pair, width, kernels,
                 operands + std::int64_t{pair} * 2 * StripPixels, std::min(step, m_pairs - pair), m_part.data());
        for (int k = 0; k < kernels; ++k) {
          const std::int32_t *from = m_part.data() + k * StripPixels;
          std::int64_t *to = out + k * stride;
          if (!m_split) {
            for (int x = 0; x < pixels; ++x) to[x] = from[x];
          } else {
            const std::int64_t scale = half == 0 ? 1 : 256;
            for (int x = 0; x < pixels; ++x) to[x] += from[x] * scale;
          }
        }
      }
    if (reader.offset() == 0) return;
    for (int k = 0; k < kernels; ++k) {
      const std::int64_t back = m_sums[static_cast<std::size_t>(first + k)] * reader.offset();
      for (int x = 0; x < pixels; ++x) out[k * stride + x] += back;
    }
  }

 private:
  static constexpr int SplitPairs = 128;  // x 2 products of 2^15 x 2^7 stay below 2^31
  int m_kernels;
  int m_pairs;
  bool m_split;
  std::vector<std::int16_t> m_low;
  std::vector<std::int16_t> m_high;
  std::vector<std::int64_t> m_sums;  // of a kernel's weights
  std::vector<std::int32_t> m_part;
};

// Strips of neighbouring pixels, all kernels at a time.
void sumStrips(const IntegerLayer &layer, const Map &input, std::vector<std::int64_t> &sums) {
  const std::int64_t pixels = std::int64_t{layer.out.height} * layer.out.width;
  StripReader reader(layer, input);
  Factors factors(layer);
  std::vector<std::int16_t> operands(static_cast<std::size_t>(factors.pairs()) * 2 * StripPixels);
  for (std::int64_t pixel = 0; pixel < pixels; pixel += StripPixels) {
    reader.moveTo(pixel);
    const auto count = static_cast<int>(std::min<std::int64_t>(StripPixels, pixels - pixel));
    const bool depthwise = layer.op == Op::Depthwise;
    for (int c = 0; c < (depthwise ? layer.out.channels : 1); ++c) {
      reader.read(c, depthwise ? 1 : layer.in.channels, operands.data());
      factors.sum(c, depthwise ? 1 : layer.out.channels, reader, operands.data(), count,
                  sums.data() + c * pixels + pixel, pixels);
    }
  }
}

// Pixel by pixel: for maps too small for strips.
void sumPatches(const IntegerLayer &layer, const Map &input, std::vector<std::int64_t> &sums) {
  const std::int64_t pixels = std::int64_t{layer.out.height} * layer.out.width;
  std::vector<std::uint16_t> patch(static_cast<std::size_t>(layer.patch));
  const auto *narrow = reinterpret_cast<const std::int16_t *>(patch.data());
  const PatchReader reader(layer, input);
  const auto dots = [&](std::int64_t first, std::int64_t count, std::int64_t pixel) {
    std::int64_t *out = sums.data() + first * pixels + pixel;
    if (layer.narrowSums)
      integerProducts().patch32(layer.kernelWeights(first), narrow, layer.patch, count, out, pixels);
    else
      integerProducts().patch64(layer.kernelWeights(first), patch.data(), layer.patch, count, out, pixels);
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
}

}  // namespace

std::vector<std::int64_t> exactAccumulators(const IntegerLayer &layer, const Map &input) {
  constexpr std::int64_t FewPixels = 8;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(layer.out.elements()));
  if (std::int64_t{layer.out.height} * layer.out.width < FewPixels)
    sumPatches(layer, input, sums);
  else
    sumStrips(layer, input, sums);
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
