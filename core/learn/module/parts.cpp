// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/module/parts.h"

#include <algorithm>

namespace pimento::learn {

std::vector<Part> partsOf(const ParameterStore &store, const std::vector<Variant> &variants, const Binding &binding) {
  std::vector<Part> parts;
  for (std::size_t v = 0; v < variants.size(); ++v) {
    if (binding.weights == Sharing::PerVariant || parts.empty()) parts.emplace_back();
    parts.back().variants.push_back(v);
  }
  for (std::size_t t = 0; t < store.tensors().size(); ++t)
    for (Part &part : parts) {
      const QString owner = variants[part.variants.front()].name + QLatin1Char('/');  // as binding.h names tensors
      if (parts.size() == 1 || store.tensors()[t].name.startsWith(owner)) part.tensors.push_back(t);
    }
  return parts;
}

bool isFinite(const ParameterStore &store, const Part &part) {
  const at::NoGradGuard noGradient;
  return std::ranges::all_of(part.tensors, [&](std::size_t t) { return store.at(t).isfinite().all().item<bool>(); });
}

void copyPart(const ParameterStore &store, const Part &part, const at::Tensor &from, const at::Tensor &to) {
  const at::NoGradGuard noGradient;
  for (const std::size_t t : part.tensors) {
    const StoredTensor &tensor = store.tensors()[t];
    to.narrow(0, tensor.offset, tensor.size).copy_(from.narrow(0, tensor.offset, tensor.size));
  }
}

}  // namespace pimento::learn
