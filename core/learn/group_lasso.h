// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <vector>

#include "core/learn/parameter_store.h"
#include "core/network/binding.h"

namespace pimento::learn {

// The clipped group Lasso that samples a non-uniform sub-net (dynamic-network paper, Eq. 2):
//   λ Σ_l Σ_i min(‖W_l,i‖₂, τ_l),  τ_l = β · mean_i ‖W_l,i‖₂, a constant in each update.
// A group i is an output channel. Channels that layers must share (a channel space: an addition, a depthwise layer)
// are one group of all convolutions that write them, so that "layer" l is a channel space here; classes and the
// image's colours are left alone. Only channels below the threshold are pulled to zero; strong ones are not held back.
// A channel is cut if its norm ends below half the threshold (chosen here); the strongest of a space always stays.
class GroupLasso {
 public:
  // Of the tensors that `variant` reads from `store`; it must own them or use them whole.
  GroupLasso(const NetworkSpec &spec, const Variant &variant, const Binding &binding, const ParameterStore &store,
             double lambda, double beta);

  // Adds the penalty's gradient, λ W_l,i / ‖W_l,i‖₂ of the groups below their threshold, to the store's gradients.
  // Returns the penalty.
  double addGradients(const ParameterStore &store) const;

  // The channels that the norms keep now, as a variant of this name with batch norms of its own.
  [[nodiscard]] Variant subNet(const ParameterStore &store, const QString &name) const;

  [[nodiscard]] double lambda() const { return m_lambda; }

 private:
  struct Space {
    SpaceId id = 0;
    ChannelSet kept;                   // by the variant
    std::vector<std::size_t> weights;  // of the layers that write it
  };
  [[nodiscard]] at::Tensor normsOf(const ParameterStore &store, const Space &space) const;

  Variant m_variant;
  double m_lambda;
  double m_beta;
  std::vector<Space> m_spaces;
};

// Channels that a variant keeps of all adjustable ones, 0 to 1.
[[nodiscard]] double keptShare(const NetworkSpec &spec, const Variant &variant);

// The tensors of a sub-net cut out of those of the variant that it was sampled from. `from` holds the variant's tensors
// by `fromBinding`, `to` those of the sub-net by `toBinding`; each owns its own.
void cutOut(const NetworkSpec &spec, const ParameterStore &from, const Variant &variant, const Binding &fromBinding,
            ParameterStore &to, const Variant &subNet, const Binding &toBinding);

}  // namespace pimento::learn
