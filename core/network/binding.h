// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <vector>

#include "core/network/network_spec.h"

namespace pimento {

enum class Sharing : std::uint8_t { Shared, PerVariant };

// How the variants of a network share tensors; the ways to train differ in nothing else.
//   joint        weights and norms shared: one extractor under all heads
//   independent  nothing shared: every head has an extractor of its own
//   slimmable    weights shared as slices of the widest, batch norms per variant
//   individual   nothing shared: every sub-net trained alone
struct Binding {
  QString name;
  Sharing weights = Sharing::Shared;
  Sharing norms = Sharing::Shared;
  bool operator==(const Binding &) const = default;
};

// A parameter tensor that a variant reads, and the part of it: the channels kept of its first two axes.
struct TensorUse {
  QString tensor;  // "layer1.0.conv1.weight"; "0.25/layer1.0.bn1.weight" where variants own theirs
  LayerId layer = 0;
  ChannelSet out;          // along axis 0
  ChannelSet in;           // along axis 1; count 1 where the tensor has none
  std::int64_t inner = 1;  // elements for each (out, in): kernel area, or pixels of a flattened map
  [[nodiscard]] std::int64_t elements() const { return std::int64_t{out.count} * in.count * inner; }
};

// A binding by name. Throws Error unless the network is trained that way.
[[nodiscard]] Binding findBinding(const NetworkSpec &spec, const QString &name);

// Every tensor that a variant reads, in execution order: weight, then bias, of each layer.
[[nodiscard]] std::vector<TensorUse> tensors(const NetworkSpec &spec, const Variant &variant, const Binding &binding);

// Parameters that must be stored to run all of the given variants: shared tensors once, at the size that covers every
// use.
[[nodiscard]] std::int64_t storedParams(const NetworkSpec &spec, const std::vector<Variant> &variants,
                                        const Binding &binding);

}  // namespace pimento
