// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/module/parameter_store.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace pimento::learn {

std::size_t ParameterStore::declare(const QString &name, const std::vector<std::int64_t> &shape, Role role) {
  const auto found =
      std::find_if(m_tensors.begin(), m_tensors.end(), [&](const StoredTensor &t) { return t.name == name; });
  if (found == m_tensors.end()) {
    m_tensors.push_back({name, shape, role});
    return m_tensors.size() - 1;
  }
  for (std::size_t d = 0; d < shape.size(); ++d) found->shape[d] = std::max(found->shape[d], shape[d]);
  return static_cast<std::size_t>(found - m_tensors.begin());
}

std::map<QString, std::size_t> ParameterStore::indices() const {
  std::map<QString, std::size_t> indices;
  for (std::size_t t = 0; t < m_tensors.size(); ++t) indices[m_tensors[t].name] = t;
  return indices;
}

void ParameterStore::allocate() {
  std::int64_t offset = 0;
  const auto place = [&](bool statistics) {
    for (StoredTensor &t : m_tensors) {
      if ((t.role == Role::Statistics) != statistics) continue;
      t.offset = offset;
      t.size = std::accumulate(t.shape.begin(), t.shape.end(), std::int64_t{1}, std::multiplies<>());
      offset += t.size;
    }
  };
  place(false);
  const std::int64_t trained = offset;
  place(true);
  m_values = at::zeros({offset}, at::kFloat);
  m_trained = m_values.narrow(0, 0, trained);
  m_gradients = at::zeros({trained}, at::kFloat);
  m_decays = at::zeros({trained}, at::kFloat);
  for (const StoredTensor &t : m_tensors) {
    at::Tensor view = viewOf(m_values, t);
    if (t.role != Role::Statistics) {
      view.set_requires_grad(true);
      view.mutable_grad() = viewOf(m_gradients, t);
    }
    if (t.role == Role::Weight) m_decays.narrow(0, t.offset, t.size).fill_(1);
    m_views.push_back(view);
  }
}

at::Tensor ParameterStore::viewOf(const at::Tensor &flat, const StoredTensor &t) const {
  const at::Tensor part = flat.narrow(0, t.offset, t.size);
  if (t.shape.size() != 4) return part.view(t.shape);
  return part.view({t.shape[0], t.shape[2], t.shape[3], t.shape[1]}).permute({0, 3, 1, 2});
}

at::Tensor ParameterStore::copyOf(std::size_t index) const {
  return viewOf(m_values, m_tensors[index]).clone(at::MemoryFormat::Contiguous);
}

void ParameterStore::assign(std::size_t index, const at::Tensor &values) {
  viewOf(m_values, m_tensors[index]).copy_(values);
}

}  // namespace pimento::learn
