// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/binding.h"

#include <array>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/network/kept_set.h"

namespace pimento {

namespace {

// The part of a weight tensor that a layer reads; axis 1 is single for depthwise kernels and batch norms.
TensorUse weightUse(const NetworkSpec &spec, const Variant &variant, LayerId id, const std::vector<Shape> &shapes) {
  const Layer &layer = spec.layers[id];
  TensorUse use{{}, id, keptSet(spec, variant, layer.space), ChannelSet::prefix(1), 1};
  const LayerId input = layer.inputs[0];
  if (layer.op == Op::Conv || layer.op == Op::Depthwise) use.inner = std::int64_t{layer.kernel} * layer.kernel;
  if (layer.op == Op::Linear) use.inner = std::int64_t{shapes[input].height} * shapes[input].width;
  if (layer.op == Op::Conv || layer.op == Op::Linear) use.in = keptSet(spec, variant, spec.layers[input].space);
  return use;
}

// Channels that all uses of one tensor touch.
class Cover {
 public:
  void add(const ChannelSet &set) {
    if (set.indices.empty())
      m_prefix = std::max(m_prefix, set.count);
    else
      m_indices.insert(set.indices.begin(), set.indices.end());
  }
  [[nodiscard]] std::int64_t size() const {
    return m_prefix + std::distance(m_indices.lower_bound(m_prefix), m_indices.end());
  }

 private:
  int m_prefix = 0;
  std::set<int> m_indices;
};

}  // namespace

Binding findBinding(const NetworkSpec &spec, const QString &name) {
  static const std::array<Binding, 4> table{{
      {QStringLiteral("joint"), Sharing::Shared, Sharing::Shared},
      {QStringLiteral("independent"), Sharing::PerVariant, Sharing::PerVariant},
      {QStringLiteral("slimmable"), Sharing::Shared, Sharing::PerVariant},
      {QStringLiteral("individual"), Sharing::PerVariant, Sharing::PerVariant},
  }};
  for (const Binding &binding : table)
    if (binding.name == name && spec.bindings.contains(name)) return binding;
  throw Error(QStringLiteral("network %1").arg(quoted(spec.name)),
              QStringLiteral("is not trained as %1").arg(quoted(name)), knownWords(name, spec.bindings));
}

std::vector<TensorUse> tensors(const NetworkSpec &spec, const Variant &variant, const Binding &binding) {
  const auto shapes = outputShapes(spec, variant);
  std::vector<TensorUse> uses;
  for (const LayerId id : activeLayers(spec, variant)) {
    const Layer &layer = spec.layers[id];
    const bool norm = layer.op == Op::BatchNorm;
    if (!norm && !hasWeights(layer.op)) continue;
    const bool owned = (norm ? binding.norms : binding.weights) == Sharing::PerVariant;
    const QString prefix = owned ? variant.name + QLatin1Char('/') + layer.name : layer.name;
    TensorUse use = weightUse(spec, variant, id, shapes);
    use.tensor = prefix + QStringLiteral(".weight");
    uses.push_back(use);
    if (norm || layer.bias) uses.push_back({prefix + QStringLiteral(".bias"), id, use.out, ChannelSet::prefix(1), 1});
  }
  return uses;
}

std::int64_t storedParams(const NetworkSpec &spec, const std::vector<Variant> &variants, const Binding &binding) {
  struct Stored {
    Cover out, in;
    std::int64_t inner = 1;
  };
  std::map<QString, Stored> stored;
  for (const Variant &variant : variants)
    for (const TensorUse &use : tensors(spec, variant, binding)) {
      Stored &tensor = stored[use.tensor];
      tensor.out.add(use.out);
      tensor.in.add(use.in);
      tensor.inner = use.inner;
    }
  std::int64_t sum = 0;
  for (const auto &[name, tensor] : stored) sum += tensor.out.size() * tensor.in.size() * tensor.inner;
  return sum;
}

}  // namespace pimento
