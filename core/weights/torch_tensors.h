// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/weights/torch_container.h"

namespace pimento {

// The tensors of a container by names joined with dots. Of a checkpoint - a dictionary that holds one as "state_dict",
// "model_state_dict", "model", "net" or the like - these only; `metadata["entry"]` says which. `mostBytes` is what
// they may take together: tensors can share numbers, and one number can fill a tensor. Throws Error for tensors that
// reach past their storage, for files without any, and when the watch stops, which is asked before each tensor.
[[nodiscard]] SafeTensors torchTensors(const TorchContainer &container, qint64 mostBytes, const Watch &watch = {});

}  // namespace pimento
