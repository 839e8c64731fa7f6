// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/variant_weights.h"

#include <QSet>
#include <cmath>
#include <numeric>

#include "core/learn/train/trainer.h"

namespace pimento::learn {

namespace {

QSet<QString> namesOf(const NetworkSpec &spec, std::vector<Variant> variants, const Binding &binding) {
  QSet<QString> names;
  for (const Variant &variant : variants)
    for (const TensorUse &use : tensors(spec, variant, binding)) {
      names << use.tensor;
      if (spec.layers[use.layer].op != Op::BatchNorm) continue;
      const QString layer = use.tensor.section(QLatin1Char('.'), 0, -2);
      names << layer + QStringLiteral(".running_mean") << layer + QStringLiteral(".running_var");
    }
  return names;
}

LoadedVariant loadedAs(const NetworkSpec &spec, const Variant &variant, const Binding &binding,
                       const NamedTensors &file) {
  LoadedVariant loaded{NetworkModule(spec, {variant}, binding), {}, binding};
  const bool sliced = binding.weights == Sharing::Shared && binding.norms == Sharing::PerVariant;
  loaded.report = importWeights(loaded.module.store(), file, sliced ? Extent::Leading : Extent::Whole,
                                namesOf(spec, spec.variants, binding));
  return loaded;
}

bool better(const LoadReport &a, const LoadReport &b) {
  const auto wrong = [](const LoadReport &r) { return r.missing.size() + r.otherShape.size(); };
  return wrong(a) != wrong(b) ? wrong(a) < wrong(b) : a.leftOver.size() < b.leftOver.size();
}

// New order of a space's channels: those that continue the shortcut's input first, then the others.
using Order = std::vector<std::int64_t>;

Order identity(int channels) {
  Order order(static_cast<std::size_t>(channels));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  return order;
}

std::map<SpaceId, Order> ordersOf(const NetworkSpec &spec, const Variant &variant) {
  std::map<SpaceId, Order> orders;
  for (const LayerId id : activeLayers(spec, variant)) {
    const Layer &layer = spec.layers[id];
    if (layer.op != Op::PadShortcut) continue;
    const SpaceId from = spec.layers[layer.inputs[0]].space;
    const int in = keptChannels(spec, variant, from);
    const int out = keptChannels(spec, variant, layer.space);
    const Order inner = orders.contains(from) ? orders[from] : identity(in);
    const std::int64_t before = (out - in) / 2;
    Order order;
    for (const std::int64_t channel : inner) order.push_back(before + channel);
    for (std::int64_t channel = 0; channel < out; ++channel)
      if (channel < before || channel >= before + in) order.push_back(channel);
    orders[layer.space] = order;
  }
  return orders;
}

at::Tensor reordered(const at::Tensor &values, int axis, const Order &order, std::int64_t inner) {
  Order all;
  for (const std::int64_t channel : order)
    for (std::int64_t i = 0; i < inner; ++i) all.push_back(channel * inner + i);
  return values.index_select(axis, at::tensor(all, at::kLong));
}

}  // namespace

const Binding &aloneBinding() {
  static const Binding alone{QStringLiteral("alone"), Sharing::Shared, Sharing::Shared};
  return alone;
}

LoadedVariant loadVariant(const NetworkSpec &spec, const Variant &variant, const NamedTensors &file) {
  LoadedVariant best = loadedAs(spec, variant, aloneBinding(), file);
  for (const QString &name : spec.bindings) {
    if (best.report.complete() && best.report.leftOver.isEmpty()) break;
    LoadedVariant other = loadedAs(spec, variant, findBinding(spec, name), file);
    if (better(other.report, best.report)) best = std::move(other);
  }
  return best;
}

bool hasWideningShortcuts(const NetworkSpec &spec, const Variant &variant) {
  for (const LayerId id : activeLayers(spec, variant)) {
    const Layer &layer = spec.layers[id];
    if (layer.op == Op::PadShortcut &&
        keptChannels(spec, variant, layer.space) > keptChannels(spec, variant, spec.layers[layer.inputs[0]].space))
      return true;
  }
  return false;
}

void fromMiddlePadding(NetworkModule &module, const NetworkSpec &spec, const Variant &variant) {
  const std::map<SpaceId, Order> orders = ordersOf(spec, variant);
  std::map<QString, TensorUse> uses;
  for (const TensorUse &use : tensors(spec, variant, aloneBinding())) uses[use.tensor] = use;
  ParameterStore &store = module.store();
  for (std::size_t i = 0; i < store.tensors().size(); ++i) {
    QString name = store.tensors()[i].name;
    name.replace(QStringLiteral(".running_mean"), QStringLiteral(".weight"));
    name.replace(QStringLiteral(".running_var"), QStringLiteral(".weight"));
    const TensorUse &use = uses.at(name);
    const Layer &layer = spec.layers[use.layer];
    at::Tensor values = store.copyOf(i);
    if (const auto out = orders.find(layer.space); out != orders.end()) values = reordered(values, 0, out->second, 1);
    const auto in = orders.find(spec.layers[layer.inputs[0]].space);
    if (in != orders.end() && (layer.op == Op::Conv || layer.op == Op::Linear) && values.dim() > 1)
      values = reordered(values, 1, in->second, layer.op == Op::Linear ? use.inner : 1);
    store.assign(i, values);
  }
}

QString settlePadding(NetworkModule &module, const NetworkSpec &spec, const Variant &variant, const QString &wanted,
                      const Source &trial) {
  const QString end = QStringLiteral("end");
  const QString middle = QStringLiteral("middle");
  if (wanted == end) return end;
  const auto correct = [&] {
    std::vector<std::uint32_t> indices(trial.images.size());
    std::iota(indices.begin(), indices.end(), 0U);
    return evaluate(module, std::array<std::size_t, 1>{0}, trial, indices).correct[0];
  };
  const at::NoGradGuard noGradient;
  const at::Tensor before = module.store().values().clone();
  const std::int64_t asIs = wanted == middle ? -1 : correct();
  fromMiddlePadding(module, spec, variant);
  if (wanted == middle) return middle;
  // By more than chance: weights that know nothing yet are left as they are.
  constexpr double Deviations = 3;
  const std::int64_t renumbered = correct();
  if (static_cast<double>(renumbered - asIs) > Deviations * std::sqrt(static_cast<double>(renumbered + asIs)))
    return middle;
  module.store().values().copy_(before);
  return end;
}

}  // namespace pimento::learn
