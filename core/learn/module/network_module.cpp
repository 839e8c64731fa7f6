// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/module/network_module.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/random.h"
#include "core/learn/lanes/block_gradients.h"
#include "core/learn/lanes/lane_convolution.h"
#include "core/learn/lanes/lanes.h"
#include "core/network/kept_set.h"

namespace pimento::learn {

namespace {

QString setText(const ChannelSet &set) {
  QString text = QString::number(set.count);
  for (const int index : set.indices) text += QLatin1Char(' ') + QString::number(index);
  return text;
}

// The part of a tensor along one axis that a channel set names; `inner` elements a channel.
at::Tensor slice(const at::Tensor &tensor, int axis, const ChannelSet &set, std::int64_t inner = 1) {
  if (set.indices.empty()) {
    const std::int64_t wanted = set.count * inner;
    return tensor.size(axis) == wanted ? tensor : tensor.narrow(axis, 0, wanted);
  }
  std::vector<std::int64_t> indices;
  for (const int channel : set.indices)
    for (std::int64_t i = 0; i < inner; ++i) indices.push_back(channel * inner + i);
  return tensor.index_select(axis, at::tensor(indices, at::kLong));
}

std::int64_t extent(const ChannelSet &set) { return set.indices.empty() ? set.count : set.indices.back() + 1; }

// ResNet option A: every stride-th pixel; channel c goes to channel c, what is new is zero.
at::Tensor padShortcut(const at::Tensor &x, int stride, const ChannelSet &in, const ChannelSet &out) {
  constexpr int Channels = 3;  // axis of feature maps in lanes
  const at::Tensor small = x.slice(1, 0, c10::nullopt, stride).slice(2, 0, c10::nullopt, stride);
  if (in.indices.empty() && out.indices.empty()) {
    const std::int64_t extra = out.count - in.count;
    return extra > 0 ? at::constant_pad_nd(small, {0, 0, 0, extra}) : small.narrow(Channels, 0, out.count).contiguous();
  }
  const auto channel = [](const ChannelSet &set, int i) {
    return set.indices.empty() ? i : set.indices[static_cast<std::size_t>(i)];
  };
  std::map<int, std::int64_t> where;
  for (int i = 0; i < in.count; ++i) where[channel(in, i)] = i;
  std::vector<std::int64_t> from;
  for (int i = 0; i < out.count; ++i) {
    const auto found = where.find(channel(out, i));
    from.push_back(found == where.end() ? in.count : found->second);  // the channel of zeros after the last
  }
  return at::constant_pad_nd(small, {0, 0, 0, 1}).index_select(Channels, at::tensor(from, at::kLong));
}

// As its reader will see it: a norm may have been left to it.
bool allFinite(const LaneMap &map) {
  const bool values = map.values.isfinite().all().item<bool>();
  if (!values || !map.norm) return values;
  const auto finite = [](double value) { return std::isfinite(value); };
  return std::ranges::all_of(map.norm->scale, finite) && std::ranges::all_of(map.norm->shift, finite);
}

// Feature maps in lanes of what may be the result of a linear layer.
at::Tensor inLanes(const LaneMap &map) {
  const at::Tensor &x = map.values;
  return x.dim() == 2 ? toLanes(x.view({x.size(0), x.size(1), 1, 1})) : x;
}

// Images x elements of what may be feature maps in lanes.
at::Tensor flat(const LaneMap &map, std::int64_t images) {
  return map.values.dim() == 2 ? map.values : fromLanes(map.values, images).flatten(1);
}

}  // namespace

NetworkModule::NetworkModule(const NetworkSpec &spec, const std::vector<Variant> &variants, const Binding &binding)
    : m_spec(spec) {
  for (const Variant &variant : variants) addVariant(m_spec, variant, binding);
  deferNorms();
  deferConvolutions();
  leaveNorms();
  m_store.allocate();
  for (const StoredTensor &t : m_store.tensors())
    if (t.name.endsWith(QStringLiteral("running_var"))) m_store.values().narrow(0, t.offset, t.size).fill_(1);
}

void NetworkModule::declareTensors(Node &node, const TensorUse &use) {
  const bool bias = use.tensor.endsWith(QStringLiteral(".bias"));
  const std::int64_t outs = node.owned ? use.out.count : extent(use.out);
  if (bias) {
    node.bias = static_cast<std::ptrdiff_t>(
        m_store.declare(use.tensor, {outs}, node.layer->op == Op::BatchNorm ? Role::Norm : Role::Bias));
    return;
  }
  const std::int64_t ins = node.owned ? use.in.count : extent(use.in);
  const std::int64_t side = node.layer->kernel;
  std::vector<std::int64_t> shape{outs, ins, side, side};
  if (node.layer->op == Op::Linear) shape = {outs, ins * use.inner};
  if (node.layer->op == Op::BatchNorm) shape = {outs};
  node.inner = node.layer->op == Op::Linear ? use.inner : 1;
  node.weight = static_cast<std::ptrdiff_t>(
      m_store.declare(use.tensor, shape, node.layer->op == Op::BatchNorm ? Role::Norm : Role::Weight));
  if (node.layer->op != Op::BatchNorm) return;
  const QString layer = use.tensor.chopped(7);  // ".weight"
  node.mean =
      static_cast<std::ptrdiff_t>(m_store.declare(layer + QStringLiteral(".running_mean"), shape, Role::Statistics));
  node.variance =
      static_cast<std::ptrdiff_t>(m_store.declare(layer + QStringLiteral(".running_var"), shape, Role::Statistics));
}

std::size_t NetworkModule::addVariant(const NetworkSpec &spec, const Variant &variant, const Binding &binding) {
  std::map<LayerId, std::vector<TensorUse>> uses;
  for (const TensorUse &use : tensors(spec, variant, binding)) uses[use.layer].push_back(use);
  std::map<LayerId, std::size_t> nodeOf;
  std::vector<std::size_t> order;
  for (const LayerId id : activeLayers(spec, variant)) {
    Node node;
    node.layer = &spec.layers[id];
    node.out = keptSet(spec, variant, node.layer->space);
    if (!node.layer->inputs.empty()) node.in = keptSet(spec, variant, spec.layers[node.layer->inputs[0]].space);
    QString signature = QStringLiteral("%1|%2|%3").arg(id).arg(setText(node.out), setText(node.in));
    for (const LayerId input : node.layer->inputs) {
      node.inputs.push_back(nodeOf.at(input));
      signature += QStringLiteral("<%1").arg(node.inputs.back());
    }
    for (const TensorUse &use : uses[id]) {
      node.owned = use.tensor.startsWith(variant.name + QLatin1Char('/'));
      declareTensors(node, use);
      signature += QLatin1Char('|') + use.tensor;
    }
    const auto same = std::find(m_signatures.begin(), m_signatures.end(), signature);
    const auto index = static_cast<std::size_t>(same - m_signatures.begin());
    if (same == m_signatures.end()) {
      m_signatures.push_back(signature);
      m_nodes.push_back(std::move(node));
    }
    nodeOf[id] = index;
    order.push_back(index);
  }
  m_variants.push_back(std::move(order));
  return m_variants.size() - 1;
}

void NetworkModule::setRanks(std::shared_ptr<Ranks> ranks) {
  m_ranks = std::move(ranks);
  m_sum = m_ranks->alone() ? SumOverRanks() : [r = m_ranks](std::span<double> values) { r->sum(values); };
}

void NetworkModule::initialise(std::uint64_t seed) {
  const at::NoGradGuard noGradient;
  for (std::size_t i = 0; i < m_store.tensors().size(); ++i) {
    const StoredTensor &t = m_store.tensors()[i];
    if (t.role == Role::Statistics || t.role == Role::Norm) {
      const bool one = t.name.endsWith(QStringLiteral("weight")) || t.name.endsWith(QStringLiteral("running_var"));
      m_store.values().narrow(0, t.offset, t.size).fill_(one ? 1 : 0);
      continue;
    }
    Random random(seed, i);
    at::Tensor values = at::zeros(t.shape, at::kFloat);
    float *out = values.data_ptr<float>();
    const bool convolution = t.shape.size() == 4;
    if (convolution) {
      const bool depthwise = t.shape[1] == 1;
      const double fanOut =
          static_cast<double>(t.shape[2] * t.shape[3]) * (depthwise ? 1.0 : static_cast<double>(t.shape[0]));
      const double deviation = std::sqrt(2 / fanOut);
      for (std::int64_t e = 0; e < t.size; ++e) out[e] = static_cast<float>(deviation * random.normal());
    } else if (t.shape.size() == 2) {
      const double bound = 1 / std::sqrt(static_cast<double>(t.shape[1]));
      for (std::int64_t e = 0; e < t.size; ++e) out[e] = static_cast<float>(bound * (2 * random.uniform() - 1));
    }
    m_store.assign(i, values);
  }
}

at::Tensor NetworkModule::weightOf(const Node &node) const {
  const at::Tensor &weight = m_store.at(static_cast<std::size_t>(node.weight));
  if (node.owned) return weight;
  const at::Tensor rows = slice(weight, 0, node.out);
  if (node.layer->op == Op::Depthwise || node.layer->op == Op::BatchNorm) return rows;
  return slice(rows, 1, node.in, node.inner);
}

std::vector<int> NetworkModule::readers() const {
  std::vector<int> count(m_nodes.size());
  for (const Node &node : m_nodes)
    for (const std::size_t input : node.inputs) ++count[input];
  for (const auto &order : m_variants) ++count[order.back()];
  return count;
}

// A convolution that only a batch norm reads is computed together with it.
void NetworkModule::deferConvolutions() {
  const std::vector<int> count = readers();
  for (const Node &node : m_nodes) {
    if (node.layer->op != Op::BatchNorm) continue;
    Node &input = m_nodes[node.inputs[0]];
    const Layer &layer = *input.layer;
    const bool alone = count[node.inputs[0]] == 1 && layer.activation == Activation::None;
    if (alone && (layer.op == Op::Conv || layer.op == Op::Depthwise)) input.deferred = true;
  }
}

// A batch norm whose result only an addition reads is computed together with it (and the ReLU behind that).
void NetworkModule::deferNorms() {
  const std::vector<int> count = readers();
  for (Node &node : m_nodes) {
    if (node.layer->op != Op::Add) continue;
    for (const std::size_t input : node.inputs) {
      Node &norm = m_nodes[input];
      if (node.norm >= 0 || norm.layer->op != Op::BatchNorm || norm.layer->activation != Activation::None ||
          count[input] != 1)
        continue;
      norm.deferred = true;
      node.norm = static_cast<std::ptrdiff_t>(input);
    }
  }
}

// A norm that only a convolution with a norm of its own reads is applied as that one reads.
void NetworkModule::leaveNorms() {
  const std::vector<int> count = readers();
  for (std::size_t r = 0; r < m_nodes.size(); ++r) {
    if (!m_nodes[r].deferred || m_nodes[r].layer->op == Op::BatchNorm) continue;
    const std::size_t input = m_nodes[r].inputs[0];
    Node &norm = m_nodes[input];
    if (norm.layer->op == Op::BatchNorm && count[input] == 1 && m_nodes[norm.inputs[0]].deferred)
      norm.reader = static_cast<std::ptrdiff_t>(r);
  }
}

std::shared_ptr<const Geometry> NetworkModule::geometryOf(const Layer &layer, int height, int width) {
  auto &geometry = m_geometries[{height, width, layer.kernel, layer.stride, layer.padding}];
  if (!geometry)
    geometry = std::make_shared<Geometry>(makeGeometry(height, width, layer.kernel, layer.stride, layer.padding));
  return geometry;
}

at::Tensor NetworkModule::partOf(const Node &node, std::ptrdiff_t tensor) const {
  const at::Tensor &whole = m_store.at(static_cast<std::size_t>(tensor));
  return node.owned ? whole : slice(whole, 0, node.out);
}

c10::optional<at::Tensor> NetworkModule::biasOf(const Node &node) const {
  if (node.bias < 0) return c10::nullopt;
  return partOf(node, node.bias);
}

Convolution NetworkModule::convolutionOf(const Node &node, const at::Tensor &x, const at::Tensor &weight) {
  return {geometryOf(*node.layer, static_cast<int>(x.size(1)), static_cast<int>(x.size(2))),
          node.layer->op == Op::Depthwise ? Connection::Depthwise : Connection::Dense, static_cast<int>(x.size(3)),
          static_cast<int>(weight.size(0))};
}

Leave NetworkModule::leaveOf(const Node &norm, const at::Tensor &x, const Convolution &convolution) {
  if (norm.reader < 0) return Leave::Nothing;
  const Layer &reader = *m_nodes[static_cast<std::size_t>(norm.reader)].layer;
  const Geometry &own = *convolution.geometry;
  const bool pays = BlockGradients::pays(x.size(0), *geometryOf(reader, own.outHeight, own.outWidth));
  return pays ? Leave::Norm : Leave::Nothing;
}

// With the convolution before it, if that was left for here.
LaneMap NetworkModule::batchNorm(const Node &node, const Values &values, const LaneMap &added, bool relu) {
  const Norm norm{partOf(node, node.weight),  partOf(node, node.bias),
                  partOf(node, node.mean),    partOf(node, node.variance),
                  values.normMomentum,        NormEpsilon,
                  values.mode == Mode::Train, relu};
  const Node &input = m_nodes[node.inputs[0]];
  if (!input.deferred)
    return {laneNorm(inLanes(values.of[node.inputs[0]]), norm, added.values, values.images, m_sum), nullptr, nullptr};
  const LaneMap &before = values.of[input.inputs[0]];
  const LaneMap x{inLanes(before), before.norm, before.gradient};
  const at::Tensor weight = weightOf(input);
  const Convolution convolution = convolutionOf(input, x.values, weight);
  return laneNormedConvolution(x, weight, biasOf(input), convolution, norm, added, values.images, m_sum,
                               leaveOf(node, x.values, convolution));
}

LaneMap NetworkModule::run(const Node &node, const Values &values) {
  const Layer &layer = *node.layer;
  const bool relu = layer.activation == Activation::Relu;
  const auto input = [&](std::size_t i) { return inLanes(values.of[node.inputs[i]]); };
  at::Tensor y;
  switch (layer.op) {
    case Op::Conv:
    case Op::Depthwise: {
      const at::Tensor x = input(0);
      const at::Tensor weight = weightOf(node);
      y = laneConvolution(x, weight, biasOf(node), convolutionOf(node, x, weight));
      break;
    }
    case Op::Linear:
      y = at::linear(flat(values.of[node.inputs[0]], values.images), weightOf(node), biasOf(node));
      break;
    case Op::BatchNorm:
      return batchNorm(node, values, {}, relu);
    case Op::MaxPool:
      y = fromPicture(at::max_pool2d(asPicture(input(0)), {layer.kernel, layer.kernel}, {layer.stride, layer.stride},
                                     {layer.padding, layer.padding}));
      break;
    case Op::GlobalAveragePool:
      y = input(0).mean({1, 2}, true);
      break;
    case Op::Add: {
      if (node.norm < 0) {
        y = input(0) + input(1);
        break;
      }
      const auto norm = static_cast<std::size_t>(node.norm);
      const LaneMap &other = values.of[node.inputs[node.inputs[0] == norm ? 1 : 0]];
      return batchNorm(m_nodes[norm], values, {inLanes(other), nullptr, other.gradient}, relu);
    }
    case Op::PadShortcut:
      y = padShortcut(input(0), layer.stride, node.in, node.out);
      break;
    case Op::Input:
      break;
  }
  // In place: nothing that needs its input for the gradient comes before a ReLU.
  return {relu ? y.relu_() : y, nullptr, nullptr};
}

std::vector<std::size_t> NetworkModule::allVariants() const {
  std::vector<std::size_t> all(m_variants.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

// False if it is computed with another node, or was before.
bool NetworkModule::compute(std::size_t index, const at::Tensor &images, Values &values) {
  const Node &node = m_nodes[index];
  if (node.deferred || values.of[index].values.defined()) return false;
  values.of[index] = node.layer->op == Op::Input ? LaneMap{toLanes(images), nullptr, nullptr} : run(node, values);
  return true;
}

std::vector<at::Tensor> NetworkModule::forward(const at::Tensor &images, std::span<const std::size_t> variants,
                                               Mode mode, double normMomentum) {
  Values values{std::vector<LaneMap>(m_nodes.size()), images.size(0), mode, normMomentum};
  std::vector<at::Tensor> scores;
  for (const std::size_t variant : variants) {
    for (const std::size_t index : m_variants[variant]) compute(index, images, values);
    scores.push_back(flat(values.of[m_variants[variant].back()], values.images));
  }
  return scores;
}

// The layer, if what was computed here is not finite; empty: it is. A ReLU may have hidden it behind a norm, whose
// running statistics have it.
QString NetworkModule::notFiniteAt(std::size_t index, const Values &values) const {
  const Node &node = m_nodes[index];
  const Node &norm = node.norm >= 0 ? m_nodes[static_cast<std::size_t>(node.norm)] : node;
  for (const std::ptrdiff_t tensor : {norm.mean, norm.variance})
    if (tensor >= 0 && !partOf(norm, tensor).isfinite().all().item<bool>()) return norm.layer->name;
  return allFinite(values.of[index]) ? QString() : node.layer->name;
}

QString NetworkModule::firstNotFinite(const at::Tensor &images, std::span<const std::size_t> variants) {
  const at::NoGradGuard noGradient;
  Values values{std::vector<LaneMap>(m_nodes.size()), images.size(0), Mode::Train, NormMomentum};
  QString found;
  // To the end, also past the first: other processes take part in the norms.
  for (const std::size_t variant : variants)
    for (const std::size_t index : m_variants[variant])
      if (compute(index, images, values) && found.isEmpty()) found = notFiniteAt(index, values);
  return found;
}

}  // namespace pimento::learn
