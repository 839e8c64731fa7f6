// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/integer_program.h"

#include <algorithm>
#include <numeric>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr std::size_t Unused = SIZE_MAX;

class Resolver {
 public:
  Resolver(const QuantisedNetwork &network, const QuantisedVariant &quantised)
      : m_network(network), m_quantised(quantised), m_variant(quantised.variant) {
    m_program.place = QStringLiteral("network %1, variant %2").arg(network.spec.name, m_variant.name);
    m_program.bits = network.bits;
    for (const int bits : {network.bits.weights, network.bits.activations})
      if (bits < 1 || bits > MaxIntegerBits)
        throw Error(m_program.place, QStringLiteral("has %1-bit integers").arg(bits),
                    QStringLiteral("1 to %1 bits can be evaluated").arg(MaxIntegerBits));
    if (quantised.layers.size() != network.spec.layers.size())
      throw Error(
          m_program.place,
          QStringLiteral("has words for %1 of %2 layers").arg(quantised.layers.size()).arg(network.spec.layers.size()));
    for (const TensorUse &use : tensors(network.spec, m_variant, network.binding))
      if (use.tensor.endsWith(QStringLiteral(".weight"))) m_uses[use.layer] = use;
  }

  IntegerProgram resolve() {
    const NetworkSpec &spec = m_network.spec;
    m_shapes = outputShapes(spec, m_variant);
    m_position.assign(spec.layers.size(), Unused);
    const auto active = activeLayers(spec, m_variant);
    for (const LayerId id : active) {
      if (m_position[id] != Unused) continue;  // folded
      const LayerId result = resultOf(spec, m_variant, active, id);
      m_position[id] = m_position[result] = m_program.layers.size();
      m_program.layers.push_back(resolved(id, result));
    }
    return std::move(m_program);
  }

 private:
  [[nodiscard]] QString placeOf(LayerId id) const {
    return m_program.place + QStringLiteral(", layer %1").arg(quoted(m_network.spec.layers[id].name));
  }

  IntegerLayer resolved(LayerId id, LayerId result) {
    const Layer &own = m_network.spec.layers[id];
    IntegerLayer layer{.layer = id, .result = result, .op = own.op};
    layer.kernel = own.kernel;
    layer.stride = own.stride;
    layer.padding = own.padding;
    layer.out = m_shapes[id];
    layer.logits = result == m_variant.output;
    for (const LayerId input : own.inputs) layer.inputs.push_back(m_position[input]);
    const LayerWords &words = m_quantised.layers[result];
    layer.format = words.format;
    layer.words = words.words;
    if (!own.inputs.empty()) {
      const IntegerLayer &input = m_program.layers[layer.inputs[0]];
      layer.in = input.out;
      layer.inZero = input.format.zero;
      layer.inBits = input.format.bits;
    }
    layer.floor = m_network.spec.layers[result].activation == Activation::Relu ? layer.format.zero : 0;
    checkWords(layer);
    if (own.op == Op::PadShortcut) layer.sources = shortcutSources(id);
    if (hasWeights(own.op)) {
      takeWeights(layer);
      checkAccumulators(layer);
    }
    return layer;
  }

  // A channel of the wider space continues the channel of the same number, if the variant keeps both.
  [[nodiscard]] std::vector<int> shortcutSources(LayerId id) const {
    const Layer &layer = m_network.spec.layers[id];
    const std::vector<int> from = keptIndices(m_network.spec.layers[layer.inputs[0]].space);
    std::vector<int> sources;
    for (const int channel : keptIndices(layer.space)) {
      const auto found = std::lower_bound(from.begin(), from.end(), channel);
      sources.push_back(found != from.end() && *found == channel ? static_cast<int>(found - from.begin()) : -1);
    }
    return sources;
  }

  [[nodiscard]] std::vector<int> keptIndices(SpaceId space) const {
    const auto kept = m_variant.kept.find(space);
    if (kept != m_variant.kept.end() && !kept->second.indices.empty()) return kept->second.indices;
    std::vector<int> all(static_cast<std::size_t>(keptChannels(m_network.spec, m_variant, space)));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  void checkWords(const IntegerLayer &layer) const {
    const QString place = placeOf(layer.result);
    const Format &format = layer.format;
    if (format.bits != m_network.bits.activations || !activationRange(format.bits).holds(format.zero))
      throw Error(place, QStringLiteral("its format has %1 bits and zero point %2").arg(format.bits).arg(format.zero));
    const std::size_t wanted = wordCount(layer.op, layer.out.channels);
    if (layer.words.size() != wanted)
      throw Error(place,
                  QStringLiteral("has %1 words of requantisation; %2 are needed").arg(layer.words.size()).arg(wanted));
    for (const Requantiser &word : layer.words)
      if (word.shift < 0 || word.shift > MaxShift)
        throw Error(place, QStringLiteral("shifts by %1; 0 to %2 are possible").arg(word.shift).arg(MaxShift));
    const bool keeps = layer.op == Op::MaxPool || layer.op == Op::PadShortcut;
    if (keeps && !(format == m_program.layers[layer.inputs[0]].format))
      throw Error(place, QStringLiteral("must keep the format of its input"));
  }

  void takeWeights(IntegerLayer &layer) {
    const TensorUse &use = m_uses.at(layer.layer);
    const auto found = m_network.weights.find(use.tensor);
    const QString place = placeOf(layer.layer);
    if (found == m_network.weights.end())
      throw Error(place, QStringLiteral("its weights %1 are missing").arg(quoted(use.tensor)));
    const QuantisedWeights &tensor = found->second;
    checkTensor(tensor, use, place);
    const auto channel = [](const ChannelSet &set, int i) {
      return set.indices.empty() ? i : set.indices[static_cast<std::size_t>(i)];
    };
    layer.patch = use.in.count * use.inner;
    layer.weights.reserve(static_cast<std::size_t>(use.elements()));
    for (int k = 0; k < use.out.count; ++k)
      for (int i = 0; i < use.in.count; ++i) {
        const std::int64_t row = std::int64_t{channel(use.out, k)} * tensor.inputs + channel(use.in, i);
        const auto from = tensor.values.begin() + row * use.inner;
        layer.weights.insert(layer.weights.end(), from, from + use.inner);
      }
  }

  void checkTensor(const QuantisedWeights &tensor, const TensorUse &use, const QString &place) const {
    const auto past = [](const ChannelSet &set, int size) {
      return (set.indices.empty() ? set.count : set.indices.back() + 1) > size;
    };
    const bool whole =
        static_cast<std::int64_t>(tensor.values.size()) == std::int64_t{tensor.kernels} * tensor.inputs * tensor.inner;
    if (!whole || tensor.inner != use.inner || past(use.out, tensor.kernels) || past(use.in, tensor.inputs))
      throw Error(place, QStringLiteral("its weights %1 are %2 x %3 x %4, which does not fit")
                             .arg(quoted(use.tensor))
                             .arg(tensor.kernels)
                             .arg(tensor.inputs)
                             .arg(tensor.inner));
    const IntegerRange range = signedRange(m_network.bits.weights);
    for (const std::int16_t value : tensor.values)
      if (!range.holds(value))
        throw Error(place,
                    QStringLiteral("weight %1 does not fit into %2 bits").arg(value).arg(m_network.bits.weights));
  }

  void checkAccumulators(IntegerLayer &layer) const {
    const int bits = accumulatorBits(m_network.bits);
    const IntegerRange width = signedRange(bits);
    layer.narrowSums = layer.inBits < 16;
    for (int k = 0; k < layer.out.channels; ++k) {
      const IntegerRange sum = accumulatorBounds(layer, k);
      layer.narrowSums = layer.narrowSums && signedRange(32).holds(sum.low) && signedRange(32).holds(sum.high);
      const std::int64_t bias = layer.words[static_cast<std::size_t>(k)].bias;
      if (width.holds(sum.low) && width.holds(sum.high) && width.holds(bias) && width.holds(sum.low + bias) &&
          width.holds(sum.high + bias))
        continue;
      throw Error(placeOf(layer.layer),
                  QStringLiteral("channel %1 can reach %2 to %3 with bias %4, past its %5-bit accumulator")
                      .arg(k)
                      .arg(sum.low)
                      .arg(sum.high)
                      .arg(bias)
                      .arg(bits),
                  QStringLiteral("use fewer bits, or more than 8 for a wider accumulator"));
    }
  }

  const QuantisedNetwork &m_network;
  const QuantisedVariant &m_quantised;
  const Variant &m_variant;
  IntegerProgram m_program;
  std::vector<Shape> m_shapes;
  std::vector<std::size_t> m_position;  // LayerId → index into the program
  std::map<LayerId, TensorUse> m_uses;
};

}  // namespace

IntegerRange accumulatorBounds(const IntegerLayer &layer, std::int64_t channel) {
  const std::int64_t most = activationRange(layer.inBits).high;
  IntegerRange bounds;
  const std::int16_t *w = layer.kernelWeights(channel);
  for (std::int64_t i = 0; i < layer.patch; ++i) (w[i] < 0 ? bounds.low : bounds.high) += w[i] * most;
  return bounds;
}

IntegerProgram integerProgram(const QuantisedNetwork &network, std::size_t variant) {
  return Resolver(network, network.variants.at(variant)).resolve();
}

}  // namespace pimento
