// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSet>
#include <QStringList>
#include <map>

#include "core/files/safetensors.h"
#include "core/network/network_spec.h"

namespace pimento {

// A tensor's name without what wrappers put before it: "module.", "_orig_mod.", "model.", "state_dict." and the like,
// in any order and number.
[[nodiscard]] QString plainTensorName(const QString &name);

// Names that other files give the same tensor, its own first: a classifier is "fc", "linear" or "classifier".
[[nodiscard]] QStringList sameTensorNames(const QString &name);

// Whether the tensor counts something and no layer computes with it: "num_batches_tracked".
[[nodiscard]] bool isBookkeeping(const Tensor &tensor);

// The tensors of a file by the names that a network has for them (core/network/binding.h). Understood are torchvision's
// names, those of common CIFAR ResNets, and those of the public slimmable networks (github.com/JiahuiYu): blocks as
// "features.3.body.0.weight", and a batch norm for each width as "bn1.bn.2.weight", which becomes "0.75/bn1.weight" of
// the variant with as many channels. A tensor whose name is known in no way keeps it.
struct NamedTensors {
  QString place;                             // the file, for messages
  std::map<QString, const Tensor *> byName;  // into the file given, which must outlive this
  QSet<QString> otherWidths;                 // of the file: norms of widths that the network does not have
};
[[nodiscard]] NamedTensors namedFor(const NetworkSpec &spec, const SafeTensors &file, const QString &place);

// What is in `tensors` under this name or another that means the same; nullptr if nothing is.
[[nodiscard]] const Tensor *findTensor(const NamedTensors &tensors, const QString &name);

}  // namespace pimento
