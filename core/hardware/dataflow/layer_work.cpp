// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/layer_work.h"

#include <algorithm>

namespace pimento {

namespace {

std::int64_t pixelsOf(const Shape &shape) { return std::int64_t{shape.height} * shape.width; }

std::int64_t patchOf(const Layer &layer, const Shape &in) {
  const std::int64_t area = std::int64_t{layer.kernel} * layer.kernel;
  switch (layer.op) {
    case Op::Conv:
      return area * in.channels;
    case Op::Depthwise:
      return area;
    case Op::Linear:
      return in.elements();
    default:
      return 0;
  }
}

LayerWork workOfLayer(const Layer &layer, const LayerCount &count) {
  LayerWork work;
  work.layer = count.layer;
  work.op = layer.op;
  work.head = !isOfExtractor(layer);
  const bool linear = layer.op == Op::Linear;
  work.inPixels = linear ? 1 : pixelsOf(count.input);
  work.inChannels = linear ? count.input.elements() : count.input.channels;
  work.pixels = pixelsOf(count.output);
  work.outChannels = count.output.channels;
  work.kernelArea = linear ? 1 : std::int64_t{layer.kernel} * layer.kernel;
  if (!linear) {
    work.inHeight = count.input.height;
    work.inWidth = count.input.width;
    work.kernel = layer.kernel;
    work.stride = layer.stride;
    work.padding = layer.padding;
  }
  work.patch = patchOf(layer, count.input);
  work.layoutPatch = work.patch;
  work.macs = count.macs;
  work.words = hasWeights(layer.op) ? (layer.bias ? count.output.channels : 0) : count.params;
  work.weights = count.params - work.words;
  return work;
}

// Of each space as many channels as the variant keeps that keeps most of it: one of the network's, in whatever order
// they are named, or `variant` itself.
Variant widestOf(const NetworkSpec &spec, Variant variant) {
  for (auto &[space, kept] : variant.kept) {
    int most = kept.count;
    for (const Variant &other : spec.variants) most = std::max(most, keptChannels(spec, other, space));
    kept = ChannelSet::prefix(most);
  }
  return variant;
}

// Elements of the maps that are needed at or after each layer. A batch norm's result replaces its input.
void addLiveElements(std::vector<LayerWork> &works, const NetworkSpec &spec) {
  std::vector<std::size_t> map(spec.layers.size(), works.size());  // layer → index of the work that makes its map
  std::vector<std::size_t> lastUse(works.size());
  std::size_t image = 0;  // last use of the network's input
  for (std::size_t i = 0; i < works.size(); ++i) {
    const Layer &layer = spec.layers[works[i].layer];
    map[works[i].layer] = layer.op == Op::BatchNorm ? map[layer.inputs[0]] : i;
    lastUse[i] = i;
    for (const LayerId input : layer.inputs) {
      if (map[input] < works.size()) lastUse[map[input]] = i;
      if (spec.layers[input].op == Op::Input) image = i;
    }
  }
  for (std::size_t at = 0; at < works.size() && at <= image; ++at) works[at].liveElements += spec.input.elements();
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (map[works[i].layer] != i) continue;
    for (std::size_t at = i; at <= lastUse[i]; ++at) works[at].liveElements += works[i].outElements();
  }
}

}  // namespace

std::vector<LayerWork> workOf(const NetworkSpec &spec, const Variant &variant, const Variant *layout) {
  std::vector<LayerWork> works;
  const auto wide = layout != nullptr ? outputShapes(spec, *layout) : std::vector<Shape>{};
  for (const LayerCount &count : countLayers(spec, variant)) {
    const Layer &layer = spec.layers[count.layer];
    works.push_back(workOfLayer(layer, count));
    if (layout != nullptr) works.back().layoutPatch = patchOf(layer, wide[layer.inputs[0]]);
  }
  addLiveElements(works, spec);
  return works;
}

std::vector<LayerWork> workOf(const NetworkSpec &spec, const Variant &variant, Layout layout) {
  if (layout == Layout::Own) return workOf(spec, variant);
  const Variant widest = widestOf(spec, variant);
  return workOf(spec, variant, &widest);
}

}  // namespace pimento
