// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QSet>
#include <QString>
#include <optional>

#include "core/learn/module/parameter_store.h"
#include "core/weights/load_report.h"

namespace pimento::learn {

// A model as safetensors: each tensor by its name, single precision, in the shapes of torchvision (a weight of a
// convolution: out, in, height, width).
[[nodiscard]] SafeTensors exportWeights(const ParameterStore &store);

// Whether a tensor must have the shape wanted, or may be larger, of which the first channels are taken (a sub-net of a
// slimmable network from the shared weights).
enum class Extent : std::uint8_t { Whole, Leading };

// Puts the tensors of a file that belong to the model into it. Single, double, half and bfloat16 are read. Tensors with
// the names in `others` are known, though not of this model, and not left over; nor is bookkeeping. Throws Error naming
// the tensor if one that belongs to the model holds what is no finite number in single precision, or a negative
// variance.
[[nodiscard]] LoadReport importWeights(ParameterStore &store, const NamedTensors &file, Extent extent = Extent::Whole,
                                       const QSet<QString> &others = {});

// Throws Error naming `place` and the first tensor that holds what is no finite number, or a negative variance.
void requireNumbers(const ParameterStore &store, const QString &place);

// The first channels of the first two axes.
[[nodiscard]] at::Tensor leading(at::Tensor values, const std::vector<std::int64_t> &shape);

// Single precision, contiguous; and back from any of the types that are read, nothing for others.
[[nodiscard]] Tensor toTensor(const QString &name, const at::Tensor &values);
[[nodiscard]] std::optional<at::Tensor> fromTensor(const Tensor &tensor);

}  // namespace pimento::learn
