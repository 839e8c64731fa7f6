// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QIODevice>

#include "core/base/watch.h"
#include "core/files/safetensors.h"

namespace pimento {

// Files of torch.save (.pth, .pt, .th): the zip archive since PyTorch 1.6 and the stream from before. Tensors and plain
// containers are made of what they say; nothing in them is executed, and whatever else they name is refused with its
// position. Tensors have the names, types and shapes of the state_dict (core/weights/torch_tensors.h).

// Whether a file that begins with these bytes (16 of them are enough) is one.
[[nodiscard]] bool isTorchFile(QByteArrayView head);

// Reads all of it. Throws Error naming `place` and the entry or byte, and when the watch stops.
[[nodiscard]] SafeTensors readTorchFile(QIODevice &device, const QString &place, const Watch &watch = {});

}  // namespace pimento
