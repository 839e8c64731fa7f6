// SPDX-License-Identifier: GPL-3.0-or-later
// The table of training methods: a row each.
#include "core/jobs/method.h"

#include <array>

namespace pimento {

constinit const MethodTraits IndependentMethod{
    .name = "independent",
    .title = "Independent",
    .text = "Each classification module is trained with a feature extractor of its own (DECO, Eq. 1).",
    .binding = "independent"};

constinit const MethodTraits JointMethod{
    .name = "joint",
    .title = "Joint",
    .text = "All classification modules learn on one feature extractor: the sum of their losses (DECO, Eq. 2).",
    .binding = "joint",
    .extractorOnce = true,
    .rankForSeveral = 1};

constinit const MethodTraits SlimmableMethod{
    .name = "slimmable",
    .title = "Slimmable",
    .text = "All widths learn in every step and share their weights; each has batch norms of its own.",
    .binding = "slimmable",
    .widths = true};

constinit const MethodTraits SlimmableDistillationMethod{
    .name = "slimmable-distillation",
    .title = "Slimmable with distillation",
    .text = "All widths learn in every step, and each learns the soft labels of a teacher, which is trained first.",
    .binding = "slimmable",
    .widths = true,
    .distils = true,
    .rankForSeveral = 2};

constinit const MethodTraits ClippedGroupLassoMethod{
    .name = "clipped-group-lasso",
    .title = "Clipped group Lasso",
    .text =
        "A penalty on whole output channels lets those of little use fade; what remains is a sub-net of uneven "
        "widths.",
    .beyond =
        "Beyond Eq. 2: a channel's group holds its bias and its batch norm's scale and shift beside its weights, "
        "since a batch norm undoes any scale of the weights before it; channels that layers must share (an "
        "addition, a depthwise layer) are one group of all that writes them, so that a \"layer\" is such a "
        "space; a channel that a shortcut without weights brings from a strong one is neither pulled nor cut. At "
        "the end a channel is cut if its norm is below a tenth of the threshold; the strongest of a space always "
        "stays.",
    .binding = "individual",
    .learnsSubNets = true};

constinit const MethodTraits FusedNonUniformMethod{
    .name = "fused-non-uniform",
    .title = "Fused non-uniform",
    .text = "Learned sub-nets are trained together on shared weights, each with batch norms of its own.",
    .binding = "slimmable",
    .takesSubNets = true};

constinit const MethodTraits IndividualMethod{
    .name = "individual",
    .title = "Individual",
    .text = "Each sub-net is trained alone at its size: what sharing is compared with.",
    .binding = "individual",
    .rankForOne = 1};

std::span<const Method> trainingMethods() {
  static constexpr std::array<Method, 7> Table{
      Method::Independent,       Method::Joint,           Method::Slimmable, Method::SlimmableDistillation,
      Method::ClippedGroupLasso, Method::FusedNonUniform, Method::Individual};
  return Table;
}

}  // namespace pimento
