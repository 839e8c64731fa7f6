// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <vector>

#include "core/learn/module/parameter_store.h"
#include "core/network/binding.h"

namespace pimento::learn {

// The clipped group Lasso that samples a non-uniform sub-net (dynamic-network paper, Eq. 2):
//   λ Σ_l Σ_i min(‖W_l,i‖₂, τ_l),  τ_l = β · mean_i ‖W_l,i‖₂, a constant in each update.
// A group i is an output channel: all that is learned for it alone. A batch norm undoes any scale of the weights before
// it, so that weak weights alone change nothing; its own scale and shift, and a bias, belong to the group (chosen
// here). Channels that layers must share (a channel space: an addition, a depthwise layer) are one group of all that
// writes them, so that "layer" l is a channel space here; classes and the image's colours are left alone. Only channels
// below the threshold are pulled to zero; strong ones are not held back, nor those that a shortcut without weights
// brings from a strong one (ResNet's option A): they would not be empty. A channel is cut if its norm ends below a
// tenth of the threshold (chosen here); the strongest of a space always stays. beyondThePaper() says all of this to
// people.
class GroupLasso {
 public:
  // The penalty on the tensors that `variant` reads from `store`; it must own them or use them whole.
  GroupLasso(const NetworkSpec &spec, const Variant &variant, const Binding &binding, const ParameterStore &store,
             double lambda, double beta);

  // Adds the penalty's gradient, λ W_l,i / ‖W_l,i‖₂ of the groups below their threshold, to the store's gradients.
  // Returns the penalty.
  double addGradients(const ParameterStore &store) const;

  // Sets all of the channels to zero that subNet() would cut now: the store's network then says what the sub-net says.
  void cut(const ParameterStore &store) const;

  // The channels that the norms keep now, as a variant of this name with batch norms of its own.
  [[nodiscard]] Variant subNet(const ParameterStore &store, const QString &name) const;

  [[nodiscard]] double lambda() const { return m_lambda; }

 private:
  struct Shortcut {
    std::size_t from = 0;  // a space before
    at::Tensor groups;     // its group that goes to each here; one past the last: none
  };
  struct Space {
    SpaceId id = 0;
    ChannelSet kept;                   // by the variant
    std::vector<std::size_t> tensors;  // of the layers that write it
    std::vector<Shortcut> shortcuts;
  };
  [[nodiscard]] std::vector<at::Tensor> norms(const ParameterStore &store) const;  // of the groups, a space each
  [[nodiscard]] std::vector<at::Tensor> strong(const std::vector<at::Tensor> &lengths, double share) const;
  [[nodiscard]] std::vector<at::Tensor> kept(const ParameterStore &store) const;
  void addShortcut(SpaceId from, SpaceId to);

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
