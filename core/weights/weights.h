// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/watch.h"
#include "core/files/safetensors.h"

namespace pimento {

// Files of weights by their names: "*.safetensors", "*.pth", "*.pt", "*.th".
[[nodiscard]] QStringList weightsPatterns();
[[nodiscard]] bool isWeightsName(const QString &path);

// Reads a safetensors file or one of torch.save, whatever it is called: its content decides. Throws Error naming it;
// for the directory of a run it names the file inside. Throws one too when the watch stops, which it asks for each
// piece of the file and each tensor.
[[nodiscard]] SafeTensors readWeights(const QString &path, const Watch &watch = {});

}  // namespace pimento
