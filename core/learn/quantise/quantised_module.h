// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <span>

#include "core/learn/module/parameter_store.h"
#include "core/simulate/integers/quantised_network.h"

namespace pimento::learn {

// What is rounded to the grid of the integers in a forward pass.
enum class Rounding : std::uint8_t { None, Weights, All };

// What batch norms take their mean and variance from: the running ones, as the integers will, or the batch, after which
// the running ones are moved. With the running ones gradients are not held back, and at few bits the first steps blow
// the loss up.
enum class Statistics : std::uint8_t { Running, Batch };

// Variants of a network that compute in floats what their integers will (core/simulate/integers.h), on the tensors of a
// NetworkModule: weights on a grid of one scale a kernel, shared by all widths and taken over the full width; maps on a
// grid of one scale and zero point a tensor. Batch norms are not rounded; they become the words of requantisation.
// Gradients pass through roundings as if they were not there, but not where a grid ends (straight-through estimator;
// Bengio, Leonard and Courville 2013).
//
// Use: settleWeights(); observe() some batches; settleFormats(); then forward() and integers().
class QuantisedModule {
 public:
  // `store` holds the tensors that tensors() names for these variants and outlives this. Throws Error for bits that
  // integers can not have or tensors that are not there.
  QuantisedModule(const NetworkSpec &spec, const std::vector<Variant> &variants, const Binding &binding,
                  ParameterStore &store, Bits bits, const InputRecipe &input);

  // Scale of each kernel: what keeps the error of its weights least, mean squared, among parts of their largest.
  void settleWeights();

  // Takes samples of every map of every variant; `images` as NetworkModule::forward() takes them.
  void observe(const at::Tensor &images);

  // Scale and zero point of each map: from the samples, the range that keeps their error least, mean squared, among
  // parts of the whole range; above 10 bits the whole range.
  void settleFormats();

  // Class scores, images x classes.
  [[nodiscard]] at::Tensor forward(const at::Tensor &images, std::size_t variant, Rounding rounding,
                                   Statistics statistics = Statistics::Running) const;

  // Kernels' weights as integers, batch norms as words. Throws Error if an accumulator could overflow.
  [[nodiscard]] QuantisedNetwork integers() const;

 private:
  // Scale of the kernels of one tensor.
  struct Grid {
    at::Tensor scale;  // a kernel each, single precision
  };
  // Layers that make one map, as IntegerLayer has them.
  struct Step {
    LayerId layer = 0;
    LayerId result = 0;
    std::vector<std::size_t> inputs;  // steps
    TensorUse use;                    // of the weights
    bool owned = false;               // tensors of the variant's own size
    std::ptrdiff_t weight = -1;       // into the store
    std::ptrdiff_t bias = -1;
    std::ptrdiff_t gain = -1;  // of the batch norm: folded, or the layer itself
    std::ptrdiff_t offset = -1;
    std::ptrdiff_t mean = -1;
    std::ptrdiff_t variance = -1;
    bool ownedNorm = false;
    ChannelSet out;
    ChannelSet in;
    bool logits = false;
    Format format;
    std::vector<at::Tensor> samples;
    double low = 0;  // of all values seen
    double high = 0;
  };
  struct Way {
    Variant variant;
    std::vector<Step> steps;
  };

  void addVariant(const Variant &variant);
  [[nodiscard]] std::ptrdiff_t find(const QString &name) const;
  [[nodiscard]] at::Tensor channels(std::ptrdiff_t tensor, const Step &step, bool owned) const;
  [[nodiscard]] at::Tensor sliced(const at::Tensor &weights, const Step &step) const;
  [[nodiscard]] at::Tensor weightOf(const Step &step, Rounding rounding) const;
  [[nodiscard]] at::Tensor run(const Step &step, std::span<const at::Tensor> maps, Rounding rounding,
                               Statistics statistics) const;
  [[nodiscard]] at::Tensor normed(const Step &step, const at::Tensor &map, Statistics statistics) const;
  [[nodiscard]] QuantisedWeights weightsOf(const Step &step) const;
  [[nodiscard]] std::vector<Requantiser> wordsOf(const Way &way, const Step &step) const;
  [[nodiscard]] std::vector<Requantiser> channelWords(const Way &way, const Step &step) const;

  NetworkSpec m_spec;
  Binding m_binding;
  ParameterStore &m_store;
  Bits m_bits;
  InputRecipe m_input;
  std::vector<Way> m_ways;
  std::map<std::ptrdiff_t, Grid> m_grids;  // by weight tensor
};

// Words that give (accumulator - zeroSum) x factor + offset in steps of the result, with a bias that `room` holds. A
// channel whose factor is too small for that (its batch norm has next to no gain) gets the largest bias and the factor
// that makes the offset of it.
[[nodiscard]] Requantiser foldedWords(double factor, double offset, std::int64_t zeroSum, const IntegerRange &room);

}  // namespace pimento::learn
