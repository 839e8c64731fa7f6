// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_spec.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr std::array<const char *, 9> OpNames{
    "input", "conv", "depthwise", "linear", "batch_norm", "max_pool", "global_average_pool", "add", "pad_shortcut"};
constexpr int MaxSide = 1 << 16;
constexpr int MaxChannels = 1 << 20;
constexpr double MaxMacs = 1e13;     // a layer
constexpr double MaxAllMacs = 1e15;  // a network; keeps every count, and its bit-ANDs at 32:32, inside 64 bits

int slid(int size, const Layer &layer) { return (size + 2 * layer.padding - layer.kernel) / layer.stride + 1; }

Shape shapeOf(const Layer &layer, int channels, const std::vector<Shape> &done) {
  const Shape in = done[layer.inputs.front()];
  switch (layer.op) {
    case Op::Conv:
    case Op::Depthwise:
    case Op::MaxPool:
      return {channels, slid(in.height, layer), slid(in.width, layer)};
    case Op::Linear:
    case Op::GlobalAveragePool:
      return {channels, 1, 1};
    case Op::PadShortcut:
      return {channels, (in.height - 1) / layer.stride + 1, (in.width - 1) / layer.stride + 1};
    case Op::Input:
    case Op::BatchNorm:
    case Op::Add:
      break;
  }
  return {channels, in.height, in.width};
}

// Upper bound of a layer's multiply-accumulates, in floating point so that it can not overflow.
double work(const Layer &layer, Shape in, Shape out) {
  const double inputs = layer.op == Op::Linear ? double(in.channels) * in.height * in.width
                                               : double(in.channels) * layer.kernel * layer.kernel;
  return inputs * out.channels * out.height * out.width;
}

QString placeOf(const NetworkSpec &spec, const Layer &layer) {
  return QStringLiteral("network %1, layer %2").arg(quoted(spec.name), quoted(layer.name));
}

// Ties that the operation imposes between the spaces of its inputs and its own.
bool spacesFit(const NetworkSpec &spec, const Layer &layer) {
  const auto same = [&](LayerId input) { return spec.layers[input].space == layer.space; };
  switch (layer.op) {
    case Op::Depthwise:
    case Op::BatchNorm:
    case Op::MaxPool:
    case Op::GlobalAveragePool:
      return same(layer.inputs[0]);
    case Op::Add:
      return same(layer.inputs[0]) && same(layer.inputs[1]);
    case Op::PadShortcut:
      return spec.spaces[spec.layers[layer.inputs[0]].space].width <= spec.spaces[layer.space].width;
    default:
      return true;
  }
}

void validateLayer(const NetworkSpec &spec, LayerId id) {
  const Layer &layer = spec.layers[id];
  const QString place = placeOf(spec, layer);
  if (layer.name.isEmpty() || layer.module.isEmpty()) throw Error(place, QStringLiteral("needs a name and a module"));
  const std::size_t arity = layer.op == Op::Input ? 0 : layer.op == Op::Add ? 2 : 1;
  if (layer.inputs.size() != arity)
    throw Error(place, QStringLiteral("%1 takes %2 inputs").arg(opName(layer.op)).arg(arity));
  if ((layer.op == Op::Input) != (id == 0))
    throw Error(place, QStringLiteral("the first layer, and only it, is the input"));
  for (const LayerId input : layer.inputs)
    if (input >= id) throw Error(place, QStringLiteral("reads a layer that does not come before it"));
  if (layer.space >= spec.spaces.size())
    throw Error(place, QStringLiteral("channel space %1 does not exist").arg(layer.space));
  if (layer.kernel < 1 || layer.kernel > 255 || layer.stride < 1 || layer.stride > 255 || layer.padding < 0 ||
      layer.padding > 255)
    throw Error(place, QStringLiteral("kernel and stride must be 1 to 255, padding 0 to 255"));
  if (!spacesFit(spec, layer)) throw Error(place, QStringLiteral("its channel space does not match its inputs"));
}

}  // namespace

QString opName(Op op) { return QString::fromLatin1(OpNames[static_cast<std::size_t>(op)]); }

QStringList opNames() { return {OpNames.begin(), OpNames.end()}; }

bool hasWeights(Op op) { return op == Op::Conv || op == Op::Depthwise || op == Op::Linear; }

int keptChannels(const NetworkSpec &spec, const Variant &variant, SpaceId space) {
  const auto kept = variant.kept.find(space);
  return kept == variant.kept.end() ? spec.spaces[space].width : kept->second.count;
}

std::vector<LayerId> activeLayers(const NetworkSpec &spec, const Variant &variant) {
  std::vector<bool> active(spec.layers.size());
  active[variant.output] = true;
  for (LayerId id = variant.output + 1; id-- > 0;)
    if (active[id])
      for (const LayerId input : spec.layers[id].inputs) active[input] = true;
  std::vector<LayerId> order;
  for (LayerId id = 0; id < active.size(); ++id)
    if (active[id]) order.push_back(id);
  return order;
}

std::vector<Shape> outputShapes(const NetworkSpec &spec, const Variant &variant) {
  std::vector<Shape> shapes;
  shapes.reserve(spec.layers.size());
  for (const Layer &layer : spec.layers)
    shapes.push_back(layer.op == Op::Input ? spec.input
                                           : shapeOf(layer, keptChannels(spec, variant, layer.space), shapes));
  return shapes;
}

void validate(const NetworkSpec &spec) {
  const QString place = QStringLiteral("network %1").arg(quoted(spec.name));
  if (spec.layers.empty() || spec.layers.size() > 100'000)
    throw Error(place, QStringLiteral("needs 1 to 100,000 layers"));
  for (const ChannelSpace &space : spec.spaces)
    if (space.width < 1 || space.width > MaxChannels)
      throw Error(
          place,
          QStringLiteral("a channel space has %1 channels; 1 to %2 are possible").arg(space.width).arg(MaxChannels));
  QStringList names;
  for (LayerId id = 0; id < spec.layers.size(); ++id) {
    validateLayer(spec, id);
    names << spec.layers[id].name;
  }
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end())
    throw Error(place, QStringLiteral("two layers are named %1").arg(quoted(*twice)));
  if (spec.input.channels != spec.spaces[spec.layers[0].space].width)
    throw Error(place, QStringLiteral("the input's channels do not match its channel space"));
  const auto shapes = outputShapes(spec, Variant{});
  double macs = 0;
  for (LayerId id = 0; id < shapes.size(); ++id) {
    const Shape &s = shapes[id];
    const Layer &layer = spec.layers[id];
    if (s.height < 1 || s.width < 1 || s.height > MaxSide || s.width > MaxSide)
      throw Error(placeOf(spec, layer), QStringLiteral("its output would be %1x%2").arg(s.height).arg(s.width));
    const double own = hasWeights(layer.op) ? work(layer, shapes[layer.inputs[0]], s) : 0;
    if (own > MaxMacs) throw Error(placeOf(spec, layer), QStringLiteral("has more than 1e13 multiply-accumulates"));
    macs += own;
    if (layer.op == Op::Add && shapes[layer.inputs[0]] != shapes[layer.inputs[1]])
      throw Error(placeOf(spec, layer), QStringLiteral("adds maps of different sizes"));
  }
  if (macs > MaxAllMacs) throw Error(place, QStringLiteral("has more than 1e15 multiply-accumulates"));
  for (const Variant &variant : spec.variants) validate(spec, variant);
}

void validate(const NetworkSpec &spec, const Variant &variant) {
  const QString place = QStringLiteral("network %1, variant %2").arg(quoted(spec.name), quoted(variant.name));
  if (variant.output >= spec.layers.size()) throw Error(place, QStringLiteral("its output layer does not exist"));
  for (const auto &[space, set] : variant.kept) {
    if (space >= spec.spaces.size()) throw Error(place, QStringLiteral("channel space %1 does not exist").arg(space));
    const int width = spec.spaces[space].width;
    if (set.count < 1 || set.count > width)
      throw Error(place, QStringLiteral("keeps %1 of %2 channels in space %3").arg(set.count).arg(width).arg(space));
    if (set.indices.empty()) continue;
    const bool rising =
        std::adjacent_find(set.indices.begin(), set.indices.end(), std::greater_equal<>()) == set.indices.end();
    if (static_cast<int>(set.indices.size()) != set.count || !rising || set.indices.front() < 0 ||
        set.indices.back() >= width)
      throw Error(place,
                  QStringLiteral("the kept channels of space %1 are not a rising list within its width").arg(space));
  }
}

Variant widthVariant(const NetworkSpec &spec, double ratio) {
  if (!(ratio > 0 && ratio <= 1))
    throw Error(QStringLiteral("network %1").arg(quoted(spec.name)),
                QStringLiteral("width ratio %1 is out of range").arg(ratio),
                QStringLiteral("give a ratio above 0 and up to 1"));
  Variant variant;
  variant.name = ratio == 1 ? QStringLiteral("1.0") : exactNumber(ratio);
  variant.output = static_cast<LayerId>(spec.layers.size() - 1);
  variant.normSet = variant.name;
  if (ratio == 1) return variant;
  for (SpaceId space = 0; space < spec.spaces.size(); ++space)
    if (spec.spaces[space].adjustable)
      // The small term keeps 0.7 x 10 from becoming 8 by rounding of the product.
      variant.kept[space] =
          ChannelSet::prefix(std::max(1, static_cast<int>(std::ceil(ratio * spec.spaces[space].width - 1e-9))));
  return variant;
}

Variant findVariant(const NetworkSpec &spec, const QString &name) {
  QStringList known;
  for (const Variant &variant : spec.variants) {
    if (variant.name == name) return variant;
    known << variant.name;
  }
  bool number = false;
  const double ratio = name.toDouble(&number);
  if (number && spec.bindings.contains(QStringLiteral("slimmable"))) {
    for (const Variant &variant : spec.variants)
      if (variant.name.toDouble() == ratio) return variant;
    return widthVariant(spec, ratio);
  }
  throw Error(QStringLiteral("network %1").arg(quoted(spec.name)),
              QStringLiteral("unknown variant %1").arg(quoted(name)), knownWords(name, known));
}

bool isOfExtractor(const Layer &layer) { return layer.module == QStringLiteral("FE"); }

bool hasExtractor(const NetworkSpec &spec) {
  return std::any_of(spec.layers.begin(), spec.layers.end(), isOfExtractor);
}

QStringList modules(const NetworkSpec &spec) {
  QStringList names;
  for (const Layer &layer : spec.layers)
    if (layer.op != Op::Input && !names.contains(layer.module)) names << layer.module;
  return names;
}

}  // namespace pimento
