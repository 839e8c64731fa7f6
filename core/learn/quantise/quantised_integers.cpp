// SPDX-License-Identifier: GPL-3.0-or-later
// What a QuantisedModule has settled, as integers.
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/learn/module/channel_indices.h"
#include "core/learn/module/weights_file.h"
#include "core/learn/quantise/quantised_module.h"
#include "core/simulate/integers/integer_program.h"

namespace pimento::learn {

namespace {

std::vector<double> doubles(const at::Tensor &tensor) {
  const at::Tensor flat = tensor.detach().to(at::kDouble).contiguous();
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

}  // namespace

QuantisedWeights QuantisedModule::weightsOf(const Step &step) const {
  const IntegerRange range = weightRange(m_bits.weights);
  const at::Tensor weights = m_store.copyOf(static_cast<std::size_t>(step.weight)).flatten(1);
  const at::Tensor &scale = m_grids.at(step.weight).scale;
  const at::Tensor inverse = at::reciprocal(scale).unsqueeze(1);
  const at::Tensor whole = at::round(weights * inverse).clamp(range.low, range.high).to(at::kShort).contiguous();
  const std::int16_t *from = whole.data_ptr<std::int16_t>();
  const auto extent = [](const ChannelSet &set) { return set.indices.empty() ? set.count : set.indices.back() + 1; };
  const bool depthwise = m_spec.layers[step.layer].op == Op::Depthwise;
  // Tensors of a variant's own size are spread over the layer's channels; shared ones have their numbers already.
  const auto inner = static_cast<int>(step.use.inner);
  QuantisedWeights q;
  q.inner = inner;
  q.kernels = step.owned ? extent(step.out) : static_cast<int>(whole.size(0));
  const int inputs = static_cast<int>(whole.size(1)) / inner;
  q.inputs = step.owned && !depthwise ? extent(step.in) : inputs;
  q.values.assign(static_cast<std::size_t>(q.kernels) * static_cast<std::size_t>(q.inputs * inner), 0);
  q.scale.assign(static_cast<std::size_t>(q.kernels), 1);
  const std::vector<double> scales = doubles(scale);
  const auto channel = [&](const ChannelSet &set, int i) {
    return step.owned && !set.indices.empty() ? set.indices[static_cast<std::size_t>(i)] : i;
  };
  for (int k = 0; k < static_cast<int>(whole.size(0)); ++k) {
    const int kernel = channel(step.out, k);
    q.scale[static_cast<std::size_t>(kernel)] = scales[static_cast<std::size_t>(k)];
    for (int i = 0; i < inputs; ++i, from += inner)
      std::copy_n(from, inner,
                  q.values.begin() + (std::int64_t{kernel} * q.inputs + (depthwise ? i : channel(step.in, i))) * inner);
  }
  return q;
}

// Of a layer with weights or a batch norm: factor and offset of each channel in steps of the result.
std::vector<Requantiser> QuantisedModule::channelWords(const Way &way, const Step &step) const {
  const auto count = static_cast<std::size_t>(step.out.count);
  const auto values = [&](std::ptrdiff_t tensor, bool owned) { return doubles(channels(tensor, step, owned)); };
  const Format &in = way.steps[step.inputs[0]].format;
  std::vector<double> scale(count, in.scale);
  std::vector<double> offset(count, 0);
  std::vector<std::int64_t> zeroSum(count, in.zero);
  std::vector<IntegerRange> room(count, signedRange(32));
  if (step.weight >= 0) {
    const QuantisedWeights q = weightsOf(step);
    const IntegerRange width = signedRange(accumulatorBits(m_bits));
    const std::int64_t most = activationRange(m_bits.activations).high;
    const auto rows = indicesOf(step.out);
    const auto taps = m_spec.layers[step.layer].op == Op::Depthwise ? indicesOf(ChannelSet::prefix(1), q.inner)
                                                                    : indicesOf(step.in, q.inner);
    for (std::size_t k = 0; k < count; ++k) {
      const std::int16_t *kernel = q.values.data() + rows[k] * q.inputs * q.inner;
      std::int64_t negative = 0;
      std::int64_t positive = 0;
      for (const std::int64_t tap : taps) (kernel[tap] < 0 ? negative : positive) += kernel[tap];
      scale[k] = in.scale * q.scale[static_cast<std::size_t>(rows[k])];
      zeroSum[k] = in.zero * (negative + positive);
      room[k] = {width.low - negative * most, width.high - positive * most};
    }
    if (step.bias >= 0) offset = values(step.bias, step.owned);
  }
  if (step.gain >= 0) {
    const auto gain = values(step.gain, step.ownedNorm);
    const auto shift = values(step.offset, step.ownedNorm);
    const auto mean = values(step.mean, step.ownedNorm);
    const auto variance = values(step.variance, step.ownedNorm);
    for (std::size_t k = 0; k < count; ++k) {
      const double slope = gain[k] / std::sqrt(variance[k] + NormEpsilon);
      scale[k] *= slope;
      offset[k] = (offset[k] - mean[k]) * slope + shift[k];
    }
  }
  std::vector<Requantiser> words;
  for (std::size_t k = 0; k < count; ++k)
    words.push_back(foldedWords(scale[k] / step.format.scale, offset[k] / step.format.scale, zeroSum[k], room[k]));
  return words;
}

std::vector<Requantiser> QuantisedModule::wordsOf(const Way &way, const Step &step) const {
  const Layer &layer = m_spec.layers[step.layer];
  const auto input = [&](std::size_t i) -> const Format & { return way.steps[step.inputs[i]].format; };
  if (hasWeights(layer.op) || layer.op == Op::BatchNorm) return channelWords(way, step);
  if (layer.op == Op::GlobalAveragePool) {
    const Shape in = outputShapes(m_spec, way.variant)[layer.inputs[0]];
    const std::int64_t pixels = std::int64_t{in.height} * in.width;
    return {requantiser(input(0).scale / (step.format.scale * static_cast<double>(pixels)), -pixels * input(0).zero)};
  }
  if (layer.op == Op::Add)
    return {requantiser(input(0).scale / step.format.scale, -input(0).zero),
            requantiser(input(1).scale / step.format.scale, -input(1).zero)};
  return {};
}

QuantisedNetwork QuantisedModule::integers() const {
  const at::NoGradGuard noGradient;
  requireNumbers(m_store, QStringLiteral("quantisation"));
  QuantisedNetwork network{m_spec, m_binding, m_bits, {}, {}, {}};
  for (const Way &way : m_ways) {
    QuantisedVariant quantised{way.variant, std::vector<LayerWords>(m_spec.layers.size())};
    for (const Step &step : way.steps) {
      if (step.weight >= 0 && !network.weights.contains(step.use.tensor))
        network.weights[step.use.tensor] = weightsOf(step);
      quantised.layers[step.result] = {step.format, wordsOf(way, step)};
    }
    network.variants.push_back(std::move(quantised));
  }
  for (std::size_t v = 0; v < network.variants.size(); ++v) static_cast<void>(integerProgram(network, v));
  return network;
}

Requantiser foldedWords(double factor, double offset, std::int64_t zeroSum, const IntegerRange &room) {
  if (!std::isfinite(factor) || !std::isfinite(offset))
    throw Error(QStringLiteral("requantisation"),
                QStringLiteral("factor %1 and offset %2 are not finite numbers").arg(factor).arg(offset),
                QStringLiteral("the network's weights and statistics must be"));
  const double bias = factor != 0 ? offset / factor - static_cast<double>(zeroSum)
                                  : std::copysign(std::numeric_limits<double>::infinity(), offset);
  if (factor == 0 && offset == 0) return requantiser(0, 0);
  if (bias >= static_cast<double>(room.low) && bias <= static_cast<double>(room.high))
    return requantiser(factor, static_cast<std::int64_t>(std::llround(bias)));
  const std::int64_t most = bias < 0 ? room.low : room.high;
  return requantiser(offset / static_cast<double>(most + zeroSum), most);
}

}  // namespace pimento::learn
