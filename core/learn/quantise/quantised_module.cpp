// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantise/quantised_module.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/learn/module/channel_indices.h"
#include "core/network/kept_set.h"
#include "core/simulate/integers/input_quantiser.h"

namespace pimento::learn {

namespace {

constexpr std::int64_t SamplesPerBatch = 1 << 14;
constexpr int WholeRangeBits = 11;  // from here on clipping gains nothing
constexpr double LogitReach = 1 << 20;

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
    step.out = keptSet(m_spec, variant, layer.space);
    if (!layer.inputs.empty()) step.in = keptSet(m_spec, variant, m_spec.layers[layer.inputs[0]].space);
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
      const double low = flat.min().item<double>();  // not a number if one of them is none
      const double high = flat.max().item<double>();
      if (!std::isfinite(low) || !std::isfinite(high))
        throw Error(
            QStringLiteral("quantisation, variant %1, layer %2").arg(way.variant.name, m_spec.layers[step.result].name),
            QStringLiteral("its results on the calibration images are not all finite numbers"),
            QStringLiteral("the weights have no integers; train them anew, or at a lower rate"));
      step.low = std::min(step.low, low);
      step.high = std::max(step.high, high);
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

}  // namespace pimento::learn
