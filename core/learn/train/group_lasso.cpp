// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/group_lasso.h"

#include <algorithm>
#include <map>

#include "core/network/kept_set.h"
#include "core/network/widest.h"

namespace pimento::learn {

namespace {

constexpr double CutBelow = 0.1;  // of the threshold; chosen here

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

at::Tensor squaredRows(const at::Tensor &tensor) { return tensor.reshape({tensor.size(0), -1}).square().sum(1); }

}  // namespace

GroupLasso::GroupLasso(const NetworkSpec &spec, const Variant &variant, const Binding &binding,
                       const ParameterStore &store, double lambda, double beta)
    : m_variant(variant), m_lambda(lambda), m_beta(beta) {
  const auto indices = store.indices();
  std::map<SpaceId, std::vector<std::size_t>> written;
  for (const TensorUse &use : tensors(spec, variant, binding)) {
    const SpaceId space = spec.layers[use.layer].space;
    if (spec.spaces[space].adjustable) written[space].push_back(indices.at(use.tensor));
  }
  for (auto &[space, list] : written) m_spaces.push_back({space, keptSet(spec, variant, space), std::move(list), {}});
  for (const LayerId id : activeLayers(spec, variant))
    if (spec.layers[id].op == Op::PadShortcut)
      addShortcut(spec.layers[spec.layers[id].inputs[0]].space, spec.layers[id].space);
}

void GroupLasso::addShortcut(SpaceId from, SpaceId to) {
  const auto find = [this](SpaceId id) {
    return std::find_if(m_spaces.begin(), m_spaces.end(), [id](const Space &space) { return space.id == id; });
  };
  const auto source = find(from);
  const auto target = find(to);
  if (source == m_spaces.end() || target == m_spaces.end() || source >= target) return;
  std::vector<std::int64_t> groups;
  for (int i = 0, at = 0; i < target->kept.count; ++i) {
    while (at < source->kept.count && channelOf(source->kept, at) < channelOf(target->kept, i)) ++at;
    const bool same = at < source->kept.count && channelOf(source->kept, at) == channelOf(target->kept, i);
    groups.push_back(same ? at : source->kept.count);
  }
  target->shortcuts.push_back({static_cast<std::size_t>(source - m_spaces.begin()), at::tensor(groups, at::kLong)});
}

std::vector<at::Tensor> GroupLasso::norms(const ParameterStore &store) const {
  std::vector<at::Tensor> result;
  for (const Space &space : m_spaces) {
    at::Tensor squares = squaredRows(store.at(space.tensors.front()));
    for (std::size_t i = 1; i < space.tensors.size(); ++i) squares = squares + squaredRows(store.at(space.tensors[i]));
    result.push_back(squares.sqrt());
  }
  return result;
}

// A mask a space: norms from this share of the threshold on, and what a shortcut brings of a strong channel.
std::vector<at::Tensor> GroupLasso::strong(const std::vector<at::Tensor> &lengths, double share) const {
  std::vector<at::Tensor> masks;
  for (std::size_t s = 0; s < m_spaces.size(); ++s) {
    at::Tensor mask = lengths[s].ge(share * m_beta * lengths[s].mean());
    for (const Shortcut &shortcut : m_spaces[s].shortcuts)
      mask.logical_or_(at::constant_pad_nd(masks[shortcut.from], {0, 1}).index_select(0, shortcut.groups));
    masks.push_back(mask);
  }
  return masks;
}

std::vector<at::Tensor> GroupLasso::kept(const ParameterStore &store) const {
  const std::vector<at::Tensor> all = norms(store);
  std::vector<at::Tensor> masks = strong(all, CutBelow);
  for (std::size_t s = 0; s < m_spaces.size(); ++s)
    if (!masks[s].any().item<bool>()) masks[s][all[s].argmax()] = true;
  return masks;
}

double GroupLasso::addGradients(const ParameterStore &store) const {
  const at::NoGradGuard noGradient;
  const std::vector<at::Tensor> all = norms(store);
  const std::vector<at::Tensor> clipped = strong(all, 1);
  double penalty = 0;
  for (std::size_t s = 0; s < m_spaces.size(); ++s) {
    penalty += m_lambda * at::where(clipped[s], all[s].mean() * m_beta, all[s]).sum().item<double>();
    const at::Tensor idle = clipped[s].logical_or(all[s].eq(0));
    const at::Tensor pull = at::where(idle, at::zeros_like(all[s]), m_lambda / all[s]);
    for (const std::size_t index : m_spaces[s].tensors) {
      const at::Tensor &tensor = store.at(index);
      tensor.grad().addcmul_(tensor, overRows(pull, tensor));
    }
  }
  return penalty;
}

void GroupLasso::cut(const ParameterStore &store) const {
  const at::NoGradGuard noGradient;
  const std::vector<at::Tensor> stay = kept(store);
  for (std::size_t s = 0; s < m_spaces.size(); ++s) {
    for (const std::size_t index : m_spaces[s].tensors) {
      at::Tensor tensor = store.at(index).detach();
      tensor.mul_(overRows(stay[s].to(at::kFloat), tensor));
    }
  }
}

Variant GroupLasso::subNet(const ParameterStore &store, const QString &name) const {
  const at::NoGradGuard noGradient;
  Variant result = m_variant;
  result.name = name;
  result.normSet = name;
  const std::vector<at::Tensor> stay = kept(store);
  for (std::size_t s = 0; s < m_spaces.size(); ++s) {
    const Space &space = m_spaces[s];
    ChannelSet set;
    for (int i = 0; i < space.kept.count; ++i)
      if (stay[s][i].item<bool>()) set.indices.push_back(channelOf(space.kept, i));
    set.count = static_cast<int>(set.indices.size());
    if (set.indices.back() == set.count - 1) set.indices.clear();  // the first ones
    result.kept[space.id] = set;
  }
  return result;
}

double keptShare(const NetworkSpec &spec, const Variant &variant) {
  const int all = adjustableChannels(spec, {});
  return all > 0 ? static_cast<double>(adjustableChannels(spec, variant)) / all : 1;
}

void cutOut(const NetworkSpec &spec, const ParameterStore &from, const Variant &variant, const Binding &fromBinding,
            ParameterStore &to, const Variant &subNet, const Binding &toBinding) {
  const at::NoGradGuard noGradient;
  const auto source = from.indices();
  const auto target = to.indices();
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
