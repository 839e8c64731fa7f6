// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <vector>

#include "core/learn/module/parameter_store.h"
#include "core/network/binding.h"

namespace pimento::learn {

// Variants that share tensors with each other and with no other: each part learns by itself and keeps its own best.
struct Part {
  std::vector<std::size_t> variants;
  std::vector<std::size_t> tensors;  // of the store; statistics included
};

// All variants in one part where they share weights, each in a part of its own where each owns all its tensors.
[[nodiscard]] std::vector<Part> partsOf(const ParameterStore &store, const std::vector<Variant> &variants,
                                        const Binding &binding);

// Whether all numbers of a part's tensors are finite: a network whose statistics are not may still score.
[[nodiscard]] bool isFinite(const ParameterStore &store, const Part &part);

// Copies the tensors of a part between flat buffers laid out as ParameterStore::values().
void copyPart(const ParameterStore &store, const Part &part, const at::Tensor &from, const at::Tensor &to);

}  // namespace pimento::learn
