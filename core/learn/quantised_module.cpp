// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantised_module.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/simulate/input_quantiser.h"
#include "core/simulate/integer_program.h"

namespace pimento::learn {

namespace {

constexpr double NormEpsilon = 1e-5;
constexpr double NormMomentum = 0.1;
constexpr std::int64_t SamplesPerBatch = 1 << 14;
constexpr int WholeRangeBits = 11;  // from here on clipping gains nothing
constexpr double LogitReach = 1 << 20;

ChannelSet keptOf(const NetworkSpec &spec, const Variant &variant, SpaceId space) {
  const auto kept = variant.kept.find(space);
  return kept == variant.kept.end() ? ChannelSet::prefix(spec.spaces[space].width) : kept->second;
}

std::vector<std::int64_t> indicesOf(const ChannelSet &set, std::int64_t inner = 1) {
  std::vector<std::int64_t> indices;
  for (int i = 0; i < set.count; ++i)
    for (std::int64_t e = 0; e < inner; ++e)
      indices.push_back((set.indices.empty() ? i : set.indices[static_cast<std::size_t>(i)]) * inner + e);
  return indices;
}

at::Tensor part(const at::Tensor &tensor, int axis, const ChannelSet &set, std::int64_t inner = 1) {
  if (set.indices.empty()) return tensor.narrow(axis, 0, set.count * inner);
  return tensor.index_select(axis, at::tensor(indicesOf(set, inner), at::kLong));
}

// ResNet option A: every stride-th pixel; a channel continues that of the same number, the others are zero.
at::Tensor padded(const at::Tensor &x, int stride, const ChannelSet &in, const ChannelSet &out) {
  const at::Tensor small = x.slice(2, 0, c10::nullopt, stride).slice(3, 0, c10::nullopt, stride);
  const auto given = indicesOf(in);
  std::vector<std::int64_t> from;
  for (const std::int64_t channel : indicesOf(out)) {
    const auto found = std::lower_bound(given.begin(), given.end(), channel);
    from.push_back(found != given.end() && *found == channel ? found - given.begin() : in.count);
  }
  return at::constant_pad_nd(small, {0, 0, 0, 0, 0, 1}).index_select(1, at::tensor(from, at::kLong));
}

at::Tensor onGrid(const at::Tensor &x, const Format &format) {
  return at::fake_quantize_per_tensor_affine(x, format.scale, format.zero, 0, activationRange(format.bits).high);
}

double squaredError(const at::Tensor &x, const Format &format) {
  return (onGrid(x, format) - x).square().mean().item<double>();
}

Format formatBetween(double low, double high, int bits) {
  const auto steps = static_cast<double>(activationRange(bits).high);
  if (!(high > low)) return {bits, 0, 1};
  Format format{bits, 0, (high - low) / steps};
  format.zero = static_cast<std::int32_t>(std::clamp(std::round(-low / format.scale), 0.0, steps));
  return format;
}

Format chosenFormat(const std::vector<at::Tensor> &samples, double low, double high, int bits) {
  constexpr int Parts = 64;
  constexpr int LeastPart = 16;
  Format best = formatBetween(low, high, bits);
  if (bits >= WholeRangeBits || !(high > low)) return best;
  const at::Tensor all = at::cat(samples);
  double least = squaredError(all, best);
  for (int p = Parts - 1; p >= LeastPart; --p) {
    const Format format = formatBetween(low * p / Parts, high * p / Parts, bits);
    const double error = squaredError(all, format);
    if (error >= least) continue;
    least = error;
    best = format;
  }
  return best;
}

std::vector<double> doubles(const at::Tensor &tensor) {
  const at::Tensor flat = tensor.detach().to(at::kDouble).contiguous();
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

bool keepsFormat(Op op) { return op == Op::MaxPool || op == Op::PadShortcut; }

}  // namespace

QuantisedModule::QuantisedModule(const NetworkSpec &spec, const std::vector<Variant> &variants, const Binding &binding,
                                 ParameterStore &store, Bits bits, const InputRecipe &input)
    : m_spec(spec), m_binding(binding), m_store(store), m_bits(bits), m_input(input) {
  for (const int b : {bits.weights, bits.activations})
    if (b < 1 || b > MaxIntegerBits)
      throw Error(QStringLiteral("quantisation"), QStringLiteral("%1-bit integers").arg(b),
                  QStringLiteral("give 1 to %1 bits").arg(MaxIntegerBits));
  for (const Variant &variant : variants) addVariant(variant);
}

std::ptrdiff_t QuantisedModule::find(const QString &name) const {
  const auto &all = m_store.tensors();
  const auto found = std::find_if(all.begin(), all.end(), [&](const StoredTensor &t) { return t.name == name; });
  if (found == all.end()) throw Error(QStringLiteral("quantisation"), QStringLiteral("tensor %1 is missing").arg(name));
  return found - all.begin();
}

void QuantisedModule::addVariant(const Variant &variant) {
  Way way{variant, {}};
  std::map<LayerId, TensorUse> weights;
  std::map<LayerId, TensorUse> biases;
  for (const TensorUse &use : tensors(m_spec, variant, m_binding))
    (use.tensor.endsWith(QStringLiteral(".bias")) ? biases : weights)[use.layer] = use;
  const auto owned = [&](const QString &name) { return name.startsWith(variant.name + QLatin1Char('/')); };
  const auto active = activeLayers(m_spec, variant);
  std::map<LayerId, std::size_t> stepOf;
  for (const LayerId id : active) {
    if (stepOf.contains(id)) continue;  // folded
    const Layer &layer = m_spec.layers[id];
    Step step{.layer = id, .result = resultOf(m_spec, variant, active, id)};
    for (const LayerId input : layer.inputs) step.inputs.push_back(stepOf.at(input));
    step.out = keptOf(m_spec, variant, layer.space);
    if (!layer.inputs.empty()) step.in = keptOf(m_spec, variant, m_spec.layers[layer.inputs[0]].space);
    if (hasWeights(layer.op)) {
      step.use = weights.at(id);
      step.owned = owned(step.use.tensor);
      step.weight = find(step.use.tensor);
      if (biases.contains(id)) step.bias = find(biases.at(id).tensor);
    }
    if (const LayerId norm = step.result; m_spec.layers[norm].op == Op::BatchNorm) {
      const QString name = weights.at(norm).tensor;
      const QString prefix = name.chopped(static_cast<qsizetype>(qstrlen(".weight")));
      step.ownedNorm = owned(name);
      step.gain = find(name);
      step.offset = find(biases.at(norm).tensor);
      step.mean = find(prefix + QStringLiteral(".running_mean"));
      step.variance = find(prefix + QStringLiteral(".running_var"));
    }
    step.logits = step.result == variant.output;
    stepOf[id] = stepOf[step.result] = way.steps.size();
    way.steps.push_back(std::move(step));
  }
  way.steps.front().format = inputFormat(m_input, m_bits.activations);
  m_ways.push_back(std::move(way));
}

at::Tensor QuantisedModule::channels(std::ptrdiff_t tensor, const Step &step, bool owned) const {
  const at::Tensor &values = m_store.at(static_cast<std::size_t>(tensor));
  return owned ? values : part(values, 0, step.out);
}

at::Tensor QuantisedModule::sliced(const at::Tensor &weights, const Step &step) const {
  if (step.owned) return weights;
  const at::Tensor rows = part(weights, 0, step.out);
  if (m_spec.layers[step.layer].op == Op::Depthwise) return rows;
  return part(rows, 1, step.in, m_spec.layers[step.layer].op == Op::Linear ? step.use.inner : 1);
}

at::Tensor QuantisedModule::weightOf(const Step &step, Rounding rounding) const {
  const at::Tensor &weights = m_store.at(static_cast<std::size_t>(step.weight));
  if (rounding == Rounding::None) return sliced(weights, step);
  const at::Tensor &scale = m_grids.at(step.weight).scale;
  const IntegerRange range = weightRange(m_bits.weights);
  return sliced(
      at::fake_quantize_per_channel_affine(weights, scale, at::zeros_like(scale, at::kInt), 0, range.low, range.high),
      step);
}

// Running statistics are views into the store: what moves them stays.
at::Tensor QuantisedModule::normed(const Step &step, const at::Tensor &map, Statistics statistics) const {
  return at::batch_norm(map, channels(step.gain, step, step.ownedNorm), channels(step.offset, step, step.ownedNorm),
                        channels(step.mean, step, step.ownedNorm), channels(step.variance, step, step.ownedNorm),
                        statistics == Statistics::Batch, NormMomentum, NormEpsilon, false);
}

at::Tensor QuantisedModule::run(const Step &step, std::span<const at::Tensor> maps, Rounding rounding,
                                Statistics statistics) const {
  const Layer &layer = m_spec.layers[step.layer];
  const at::Tensor &x = maps[step.inputs[0]];
  c10::optional<at::Tensor> bias;
  if (step.bias >= 0) bias = channels(step.bias, step, step.owned);
  at::Tensor y;
  switch (layer.op) {
    case Op::Conv:
    case Op::Depthwise:
      y = at::conv2d(x, weightOf(step, rounding), bias, {layer.stride, layer.stride}, {layer.padding, layer.padding},
                     {1, 1}, layer.op == Op::Depthwise ? step.out.count : 1);
      break;
    case Op::Linear:
      y = at::linear(x.flatten(1), weightOf(step, rounding), bias).unsqueeze(2).unsqueeze(3);
      break;
    case Op::BatchNorm:
      y = x;
      break;
    case Op::MaxPool:
      y = at::max_pool2d(x, {layer.kernel, layer.kernel}, {layer.stride, layer.stride}, {layer.padding, layer.padding});
      break;
    case Op::GlobalAveragePool:
      y = x.mean({2, 3}, true);
      break;
    case Op::Add:
      y = x + maps[step.inputs[1]];
      break;
    case Op::PadShortcut:
      y = padded(x, layer.stride, step.in, step.out);
      break;
    case Op::Input:
      break;
  }
  if (step.gain >= 0) y = normed(step, y, statistics);
  return m_spec.layers[step.result].activation == Activation::Relu ? at::relu(y) : y;
}

at::Tensor QuantisedModule::forward(const at::Tensor &images, std::size_t variant, Rounding rounding,
                                    Statistics statistics) const {
  std::vector<at::Tensor> maps;
  for (const Step &step : m_ways[variant].steps) {
    const Op op = m_spec.layers[step.layer].op;
    at::Tensor map = op == Op::Input ? images : run(step, maps, rounding, statistics);
    if (rounding == Rounding::All && !step.logits && !keepsFormat(op)) map = onGrid(map, step.format);
    maps.push_back(std::move(map));
  }
  return maps.back().flatten(1);
}

void QuantisedModule::settleWeights() {
  constexpr int Parts = 40;
  constexpr int LeastPart = 12;
  const at::NoGradGuard noGradient;
  const IntegerRange range = weightRange(m_bits.weights);
  const auto steps = static_cast<double>(std::max(-range.low, range.high));
  for (const Way &way : m_ways)
    for (const Step &step : way.steps) {
      if (step.weight < 0 || m_grids.contains(step.weight)) continue;
      const at::Tensor kernels = m_store.copyOf(static_cast<std::size_t>(step.weight)).flatten(1);
      const at::Tensor most = kernels.abs().amax(1);
      const at::Tensor whole = at::where(most > 0, most / steps, at::ones_like(most));
      at::Tensor best = whole;
      at::Tensor least = at::full_like(most, std::numeric_limits<double>::infinity());
      const int last = m_bits.weights >= WholeRangeBits ? Parts : LeastPart;
      for (int p = Parts; p >= last; --p) {
        const at::Tensor scale = whole * (static_cast<double>(p) / Parts);
        const at::Tensor rounded = at::fake_quantize_per_channel_affine(kernels, scale, at::zeros_like(scale, at::kInt),
                                                                        0, range.low, range.high);
        const at::Tensor error = (rounded - kernels).square().sum(1);
        best = at::where(error < least, scale, best);
        least = at::minimum(error, least);
      }
      m_grids[step.weight] = {best.contiguous()};
    }
}

void QuantisedModule::observe(const at::Tensor &images) {
  const at::NoGradGuard noGradient;
  for (Way &way : m_ways) {
    std::vector<at::Tensor> maps;
    for (Step &step : way.steps) {
      const bool input = m_spec.layers[step.layer].op == Op::Input;
      maps.push_back(input ? images : run(step, maps, Rounding::Weights, Statistics::Running));
      if (input) continue;
      const at::Tensor flat = maps.back().contiguous().flatten();
      step.low = std::min(step.low, flat.min().item<double>());
      step.high = std::max(step.high, flat.max().item<double>());
      const std::int64_t stride = std::max<std::int64_t>(1, flat.numel() / SamplesPerBatch) | 1;
      step.samples.push_back(flat.slice(0, 0, c10::nullopt, stride).clone());
    }
  }
}

void QuantisedModule::settleFormats() {
  const at::NoGradGuard noGradient;
  for (Way &way : m_ways)
    for (Step &step : way.steps) {
      const Op op = m_spec.layers[step.layer].op;
      if (op == Op::Input) continue;
      if (keepsFormat(op)) {
        step.format = way.steps[step.inputs[0]].format;
      } else if (step.logits) {
        const double reach = std::max(-step.low, step.high);
        step.format = {m_bits.activations, 0, reach > 0 ? reach / LogitReach : 1};
      } else {
        step.format = chosenFormat(step.samples, step.low, step.high, m_bits.activations);
      }
      step.samples.clear();
    }
}

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
  const double bias = factor != 0 ? offset / factor - static_cast<double>(zeroSum)
                                  : std::copysign(std::numeric_limits<double>::infinity(), offset);
  if (factor == 0 && offset == 0) return requantiser(0, 0);
  if (bias >= static_cast<double>(room.low) && bias <= static_cast<double>(room.high))
    return requantiser(factor, static_cast<std::int64_t>(std::llround(bias)));
  const std::int64_t most = bias < 0 ? room.low : room.high;
  return requantiser(offset / static_cast<double>(most + zeroSum), most);
}

}  // namespace pimento::learn
