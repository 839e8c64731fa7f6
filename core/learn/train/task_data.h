// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/batch.h"
#include "core/data/dataset.h"
#include "core/learn/train/evaluation.h"
#include "core/network/network_spec.h"

namespace pimento::learn {

inline constexpr std::uint64_t OrderSeed = 1;  // of the images that stand for a whole set
inline constexpr int TrialImages = 1000;       // on which a choice is settled by trying

// A network and its variants as a task names them: NETWORK[:VARIANT], by name or file.
struct TaskNetwork {
  NetworkSpec network;
  std::vector<Variant> variants;
};

// The network of a task, with as many classes as its data have. Throws Error, also for a network that has others. Reads
// no pictures.
[[nodiscard]] TaskNetwork taskNetwork(const EvaluationTask &task);

// Whether the variant has batch norms.
[[nodiscard]] bool hasNorms(const NetworkSpec &network, const Variant &variant);

// Throws Error if statistics of batch norms are to be taken anew and the variant has none.
void requireNorms(const EvaluationTask &task, const NetworkSpec &network, const Variant &variant);

[[nodiscard]] Dataset taskData(const EvaluationTask &task);

// How its images become the network's input. Throws Error if they can not, or values of normalisation do not fit.
[[nodiscard]] InputRecipe taskInput(const EvaluationTask &task, const NetworkSpec &network, const Dataset &set);

}  // namespace pimento::learn
