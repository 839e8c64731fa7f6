// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <map>
#include <memory>
#include <span>

#include "core/learn/kernels/lane_geometry.h"
#include "core/learn/lanes/lane_map.h"
#include "core/learn/lanes/lane_norm.h"
#include "core/learn/module/parameter_store.h"
#include "core/learn/ranks/ranks.h"
#include "core/network/binding.h"
#include "core/network/network_spec.h"

namespace pimento::learn {

enum class Mode : std::uint8_t { Train, Evaluate };

// A NetworkSpec that computes: tensors, their names and their sharing are those of core/network/binding.h, and nothing
// about layers is said here a second time. Running statistics of a batch norm are stored beside its weight, as
// torchvision names them ("bn1.running_mean"). A tensor that one variant owns has the size of that variant; one that
// variants share is as large as its largest use, and each reads a slice.
class NetworkModule {
 public:
  NetworkModule(const NetworkSpec &spec, const std::vector<Variant> &variants, const Binding &binding);

  // Convolutions: normal with variance 2 / fan-out; linear layers: uniform within 1 / sqrt(fan-in); norms: 1 and 0.
  // A function of the seed and the tensor's place in the list.
  void initialise(std::uint64_t seed);

  // Class scores (images x classes) of each of the given variants. What several variants compute alike (a shared
  // extractor) is computed once. `images`: N x channels x height x width, channels last in memory.
  [[nodiscard]] std::vector<at::Tensor> forward(const at::Tensor &images, std::span<const std::size_t> variants,
                                                Mode mode, double normMomentum = NormMomentum);

  // The first layer in the way forward, of these variants in training mode, whose output holds a number that is not
  // finite; empty: none. A norm that is computed with its convolution stands for both.
  [[nodiscard]] QString firstNotFinite(const at::Tensor &images, std::span<const std::size_t> variants);

  // Other processes that train the same module on other images: norms take the statistics of all, and trainer and
  // evaluation divide the work. By default there are none.
  void setRanks(std::shared_ptr<Ranks> ranks);
  [[nodiscard]] Ranks &ranks() const { return *m_ranks; }

  [[nodiscard]] ParameterStore &store() { return m_store; }
  [[nodiscard]] const ParameterStore &store() const { return m_store; }
  [[nodiscard]] std::size_t variantCount() const { return m_variants.size(); }
  [[nodiscard]] std::vector<std::size_t> allVariants() const;  // 0, 1, …

 private:
  // A layer as some variants run it, with its tensors and what it reads.
  struct Node {
    const Layer *layer = nullptr;
    std::vector<std::size_t> inputs;  // nodes
    ChannelSet out;                   // kept channels
    ChannelSet in;                    // of the first input
    std::int64_t inner = 1;           // elements a channel of a flattened input
    bool owned = false;               // tensors of the variant's own size
    std::ptrdiff_t weight = -1;
    std::ptrdiff_t bias = -1;
    std::ptrdiff_t mean = -1;
    std::ptrdiff_t variance = -1;
    std::ptrdiff_t norm = -1;    // of an addition: the batch norm among its inputs that is computed with it
    std::ptrdiff_t reader = -1;  // of a batch norm: the convolution, computed with a norm too, that alone reads it
    bool deferred = false;       // computed with the node that alone reads it: a convolution, a batch norm
  };
  // Feature maps in lanes (lanes.h), or images x channels after a linear layer.
  struct Values {
    std::vector<LaneMap> of;  // nodes
    std::int64_t images = 0;
    Mode mode = Mode::Evaluate;
    double normMomentum = NormMomentum;
  };
  [[nodiscard]] QString notFiniteAt(std::size_t node, const Values &values) const;
  bool compute(std::size_t node, const at::Tensor &images, Values &values);
  std::size_t addVariant(const NetworkSpec &spec, const Variant &variant, const Binding &binding);
  void declareTensors(Node &node, const TensorUse &use);
  [[nodiscard]] at::Tensor weightOf(const Node &node) const;
  [[nodiscard]] std::vector<int> readers() const;  // how many read each node
  void deferNorms();
  void deferConvolutions();
  void leaveNorms();
  [[nodiscard]] std::shared_ptr<const Geometry> geometryOf(const Layer &layer, int height, int width);
  [[nodiscard]] LaneMap run(const Node &node, const Values &values);
  [[nodiscard]] Convolution convolutionOf(const Node &node, const at::Tensor &x, const at::Tensor &weight);
  [[nodiscard]] c10::optional<at::Tensor> biasOf(const Node &node) const;
  [[nodiscard]] at::Tensor partOf(const Node &node, std::ptrdiff_t tensor) const;  // of the kept channels
  [[nodiscard]] LaneMap batchNorm(const Node &node, const Values &values, const LaneMap &added, bool relu);
  [[nodiscard]] Leave leaveOf(const Node &norm, const at::Tensor &x, const Convolution &convolution);

  NetworkSpec m_spec;  // nodes point into it
  std::vector<Node> m_nodes;
  std::vector<QString> m_signatures;                 // of the nodes: equal ones are one node
  std::vector<std::vector<std::size_t>> m_variants;  // nodes in execution order; the last one gives the scores
  std::map<std::array<int, 5>, std::shared_ptr<const Geometry>> m_geometries;  // by size, kernel, stride, padding
  SumOverRanks m_sum;
  ParameterStore m_store;
  std::shared_ptr<Ranks> m_ranks = std::make_shared<Ranks>();
};

}  // namespace pimento::learn
