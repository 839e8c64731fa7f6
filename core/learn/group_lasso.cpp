// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/group_lasso.h"

#include <algorithm>
#include <map>

namespace pimento::learn {

namespace {

constexpr double CutBelow = 0.5;  // of the threshold; chosen here

std::map<QString, std::size_t> indicesOf(const ParameterStore &store) {
  std::map<QString, std::size_t> indices;
  for (std::size_t t = 0; t < store.tensors().size(); ++t) indices[store.tensors()[t].name] = t;
  return indices;
}

ChannelSet keptOf(const NetworkSpec &spec, const Variant &variant, SpaceId space) {
  const auto kept = variant.kept.find(space);
  return kept == variant.kept.end() ? ChannelSet::prefix(spec.spaces[space].width) : kept->second;
}

int channelOf(const ChannelSet &set, int i) {
  return set.indices.empty() ? i : set.indices[static_cast<std::size_t>(i)];
}

// Where the channels of `part` stand among those of `whole`; `inner` elements a channel.
at::Tensor positions(const ChannelSet &whole, const ChannelSet &part, std::int64_t inner = 1) {
  std::vector<std::int64_t> found;
  for (int i = 0, at = 0; i < part.count; ++i) {
    while (channelOf(whole, at) != channelOf(part, i)) ++at;
    for (std::int64_t e = 0; e < inner; ++e) found.push_back(at * inner + e);
  }
  return at::tensor(found, at::kLong);
}

// One value a row, in the shape that multiplies a tensor's rows.
at::Tensor overRows(const at::Tensor &values, const at::Tensor &like) {
  std::vector<std::int64_t> shape(static_cast<std::size_t>(like.dim()), 1);
  shape[0] = like.size(0);
  return values.view(shape);
}

at::Tensor squaredRows(const at::Tensor &weight) {
  std::vector<std::int64_t> others;
  for (std::int64_t d = 1; d < weight.dim(); ++d) others.push_back(d);
  return weight.square().sum(others);
}

}  // namespace

GroupLasso::GroupLasso(const NetworkSpec &spec, const Variant &variant, const Binding &binding,
                       const ParameterStore &store, double lambda, double beta)
    : m_variant(variant), m_lambda(lambda), m_beta(beta) {
  const auto indices = indicesOf(store);
  std::map<SpaceId, std::vector<std::size_t>> weights;
  for (const TensorUse &use : tensors(spec, variant, binding)) {
    const Layer &layer = spec.layers[use.layer];
    if (hasWeights(layer.op) && use.tensor.endsWith(QStringLiteral(".weight")) && spec.spaces[layer.space].adjustable)
      weights[layer.space].push_back(indices.at(use.tensor));
  }
  for (auto &[space, list] : weights) m_spaces.push_back({space, keptOf(spec, variant, space), std::move(list)});
}

at::Tensor GroupLasso::normsOf(const ParameterStore &store, const Space &space) const {
  at::Tensor squares = squaredRows(store.at(space.weights.front()));
  for (std::size_t i = 1; i < space.weights.size(); ++i) squares = squares + squaredRows(store.at(space.weights[i]));
  return squares.sqrt();
}

double GroupLasso::addGradients(const ParameterStore &store) const {
  const at::NoGradGuard noGradient;
  double penalty = 0;
  for (const Space &space : m_spaces) {
    const at::Tensor norms = normsOf(store, space);
    const at::Tensor threshold = norms.mean() * m_beta;
    penalty += m_lambda * at::minimum(norms, threshold).sum().item<double>();
    const at::Tensor pulled = norms.lt(threshold).logical_and(norms.gt(0));
    const at::Tensor pull = at::where(pulled, m_lambda / norms, at::zeros_like(norms));
    for (const std::size_t index : space.weights) {
      const at::Tensor &weight = store.at(index);
      weight.grad().addcmul_(weight, overRows(pull, weight));
    }
  }
  return penalty;
}

Variant GroupLasso::subNet(const ParameterStore &store, const QString &name) const {
  const at::NoGradGuard noGradient;
  Variant result = m_variant;
  result.name = name;
  result.normSet = name;
  for (const Space &space : m_spaces) {
    const at::Tensor norms = normsOf(store, space).to(at::kDouble).contiguous();
    const auto *values = norms.data_ptr<double>();
    const int count = space.kept.count;
    const double threshold = CutBelow * m_beta * norms.mean().item<double>();
    const auto strongest = std::max_element(values, values + count) - values;
    ChannelSet set;
    for (int i = 0; i < count; ++i)
      if (values[i] >= threshold || i == strongest) set.indices.push_back(channelOf(space.kept, i));
    set.count = static_cast<int>(set.indices.size());
    if (set.indices.back() == set.count - 1) set.indices.clear();  // the first ones
    result.kept[space.id] = set;
  }
  return result;
}

double keptShare(const NetworkSpec &spec, const Variant &variant) {
  double kept = 0;
  double all = 0;
  for (SpaceId space = 0; space < spec.spaces.size(); ++space) {
    if (!spec.spaces[space].adjustable) continue;
    kept += keptChannels(spec, variant, space);
    all += spec.spaces[space].width;
  }
  return all > 0 ? kept / all : 1;
}

void cutOut(const NetworkSpec &spec, const ParameterStore &from, const Variant &variant, const Binding &fromBinding,
            ParameterStore &to, const Variant &subNet, const Binding &toBinding) {
  const at::NoGradGuard noGradient;
  const auto source = indicesOf(from);
  const auto target = indicesOf(to);
  const auto wholes = tensors(spec, variant, fromBinding);
  const auto parts = tensors(spec, subNet, toBinding);
  const auto copy = [&](const QString &fromName, const QString &toName, const TensorUse &whole, const TensorUse &part) {
    at::Tensor values = from.copyOf(source.at(fromName)).index_select(0, positions(whole.out, part.out));
    if (values.dim() > 1 && part.in.count * part.inner > 1) {
      const bool flat = values.dim() == 2;  // a linear layer: channels and pixels in one axis
      if (values.size(1) == (flat ? whole.in.count * whole.inner : whole.in.count))
        values = values.index_select(1, positions(whole.in, part.in, flat ? part.inner : 1));
    }
    to.assign(target.at(toName), values);
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {  // in the same order of layers
    copy(wholes[i].tensor, parts[i].tensor, wholes[i], parts[i]);
    if (spec.layers[parts[i].layer].op != Op::BatchNorm || !parts[i].tensor.endsWith(QStringLiteral(".weight")))
      continue;
    for (const char *statistic : {"running_mean", "running_var"})
      copy(wholes[i].tensor.chopped(6) + QLatin1String(statistic),
           parts[i].tensor.chopped(6) + QLatin1String(statistic), wholes[i], parts[i]);
  }
}

}  // namespace pimento::learn
