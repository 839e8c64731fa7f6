// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QString>
#include <QStringList>
#include <optional>

#include "core/learn/parameter_store.h"
#include "core/project/safetensors.h"

namespace pimento::learn {

// A model as safetensors: each tensor by its name, single precision, in the shapes of torchvision (a weight of a
// convolution: out, in, height, width).
[[nodiscard]] SafeTensors exportWeights(const ParameterStore &store);

// What became of the tensors of a file.
struct LoadReport {
  QStringList loaded;
  QStringList missing;     // of the model, not in the file
  QStringList leftOver;    // in the file, not of the model
  QStringList otherShape;  // "fc.weight: 100 x 64 in the file, 10 x 64 in the network"
  [[nodiscard]] bool complete() const { return missing.isEmpty() && otherShape.isEmpty(); }
};

// Whether a tensor must have the shape wanted, or may be larger, of which the first channels are taken (a sub-net of a
// slimmable network from the shared weights).
enum class Extent : std::uint8_t { Whole, Leading };

// Puts the tensors of a file that belong to the model into it. Single, double, half and bfloat16 are read. Names may
// begin with "module."; a classifier may be called "linear" or "classifier" instead of "fc" and the other way round.
// Bookkeeping tensors ("num_batches_tracked") are passed over.
[[nodiscard]] LoadReport importWeights(ParameterStore &store, const SafeTensors &file, Extent extent = Extent::Whole);

// A tensor's name without what wrappers put before it, and the names that other files give the same tensor.
[[nodiscard]] QString plainTensorName(const QString &name);
[[nodiscard]] QStringList sameTensorNames(const QString &name);

// Throws Error naming `place` and the first tensors that are missing or of another shape.
void requireComplete(const LoadReport &report, const QString &place);

// Single precision, contiguous; and back from any of the types that are read, nothing for others.
[[nodiscard]] Tensor toTensor(const QString &name, const at::Tensor &values);
[[nodiscard]] std::optional<at::Tensor> fromTensor(const Tensor &tensor);

}  // namespace pimento::learn
