// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/counts.h"

#include <algorithm>

#include "core/base/error.h"

namespace pimento {

namespace {

LayerCount countLayer(const Layer &layer, LayerId id, Shape in, Shape out) {
  LayerCount count{id, in, out, 0, 0};
  const std::int64_t area = std::int64_t{layer.kernel} * layer.kernel;
  const std::int64_t pixels = std::int64_t{out.height} * out.width;
  const std::int64_t bias = layer.bias ? out.channels : 0;
  switch (layer.op) {
    case Op::Conv:
      count.macs = area * in.channels * out.channels * pixels;
      count.params = area * in.channels * out.channels + bias;
      break;
    case Op::Depthwise:
      count.macs = area * out.channels * pixels;
      count.params = area * out.channels + bias;
      break;
    case Op::Linear:
      count.macs = in.elements() * out.channels;
      count.params = in.elements() * out.channels + bias;
      break;
    case Op::BatchNorm:
      count.params = std::int64_t{2} * out.channels;
      break;
    default:
      break;
  }
  return count;
}

const PublishedConvention::Rule *ruleFor(const NetworkSpec &spec, const QString &module) {
  for (const auto &rule : spec.published->rules)
    if (rule.module == module) return &rule;
  return nullptr;
}

// Replaces the MACs of the modules that the paper counted differently from how the network runs.
void applyConvention(const NetworkSpec &spec, std::vector<LayerCount> &layers) {
  for (LayerCount &count : layers) {
    const Layer &layer = spec.layers[count.layer];
    const auto *rule = ruleFor(spec, layer.module);
    if (rule == nullptr || !(layer.op == Op::Conv || layer.op == Op::Depthwise)) continue;
    count.macs *= std::int64_t{rule->featureScale} * rule->featureScale;
    if (layer.op == Op::Depthwise && rule->depthwiseAsDense) count.macs *= count.input.channels;
  }
}

void add(Counts &sum, const Layer &layer, const LayerCount &count) {
  sum.macs += count.macs;
  sum.params += count.params;
  if (layer.op == Op::Linear) {
    ++sum.fcLayers;
    sum.fcMacs += count.macs;
    sum.fcParams += count.params;
  } else {
    sum.convLayers += hasWeights(layer.op) ? 1 : 0;
    sum.convMacs += count.macs;
    sum.convParams += count.params;
  }
}

template <class Wanted>
Counts sumOf(const NetworkSpec &spec, const std::vector<LayerCount> &layers, Wanted wanted) {
  Counts sum;
  for (const LayerCount &count : layers)
    if (const Layer &layer = spec.layers[count.layer]; wanted(layer)) add(sum, layer, count);
  return sum;
}

}  // namespace

std::vector<LayerCount> countLayers(const NetworkSpec &spec, const Variant &variant, Convention convention) {
  if (convention == Convention::Published && !spec.published)
    throw Error(QStringLiteral("network %1").arg(quoted(spec.name)),
                QStringLiteral("its paper counts operations as the network runs"),
                QStringLiteral("use --convention as-run"));
  const auto shapes = outputShapes(spec, variant);
  std::vector<LayerCount> layers;
  for (const LayerId id : activeLayers(spec, variant)) {
    const Layer &layer = spec.layers[id];
    if (layer.op != Op::Input) layers.push_back(countLayer(layer, id, shapes[layer.inputs[0]], shapes[id]));
  }
  if (convention == Convention::Published) applyConvention(spec, layers);
  return layers;
}

Counts total(const NetworkSpec &spec, const std::vector<LayerCount> &layers, const QString &module) {
  return sumOf(spec, layers, [&](const Layer &layer) { return module.isEmpty() || layer.module == module; });
}

Counts totalWithoutExtractor(const NetworkSpec &spec, const std::vector<LayerCount> &layers) {
  return sumOf(spec, layers, [](const Layer &layer) { return !isOfExtractor(layer); });
}

Bits parseBits(const QString &text, const QString &place) {
  const auto parts = text.split(QLatin1Char(':'));
  bool okW = parts.size() == 2;
  bool okA = okW;
  const Bits bits{okW ? parts[0].toInt(&okW) : 0, okA ? parts[1].toInt(&okA) : 0};
  const auto inRange = [](int b) { return b >= 1 && b <= 32; };
  if (!okW || !okA || !inRange(bits.weights) || !inRange(bits.activations))
    throw Error(place, QStringLiteral("%1 is not a precision").arg(quoted(text)),
                QStringLiteral("write weight bits and activation bits, each 1 to 32, as in 8:8"));
  return bits;
}

}  // namespace pimento
