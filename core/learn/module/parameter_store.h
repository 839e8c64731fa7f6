// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <QString>
#include <cstdint>
#include <map>
#include <vector>

namespace pimento::learn {

// What batch norms add to a variance; PyTorch's default.
inline constexpr double NormEpsilon = 1e-5;
// How much of a batch norm's running statistics a batch replaces in training; PyTorch's default.
inline constexpr double NormMomentum = 0.1;

// Role of a tensor: only weights decay; statistics are not trained.
enum class Role : std::uint8_t { Weight, Bias, Norm, Statistics };

struct StoredTensor {
  QString name;
  std::vector<std::int64_t> shape;  // weights of convolutions: out, in, height, width
  Role role = Role::Weight;
  std::int64_t offset = 0;  // into the flat buffer
  std::int64_t size = 0;
};

// All tensors of a model in one flat buffer of single precision, so that an update, a checkpoint or a copy of the best
// weights is one operation. Weights of convolutions lie channels-last in it, as the kernels want them. Gradients lie in
// a second buffer of the same layout; statistics (running means and variances) come last and have none.
class ParameterStore {
 public:
  // Declares a tensor and returns its index; all tensors are declared before allocate(). A name that is there already
  // keeps its index and grows to the larger shape.
  std::size_t declare(const QString &name, const std::vector<std::int64_t> &shape, Role role);
  void allocate();

  [[nodiscard]] const std::vector<StoredTensor> &tensors() const { return m_tensors; }
  [[nodiscard]] std::map<QString, std::size_t> indices() const;  // of the tensors, by name
  [[nodiscard]] const at::Tensor &at(std::size_t index) const {
    return m_views[index];
  }  // with gradient, where trained

  [[nodiscard]] const at::Tensor &values() const { return m_values; }        // flat, statistics included
  [[nodiscard]] const at::Tensor &trained() const { return m_trained; }      // flat, without statistics
  [[nodiscard]] const at::Tensor &gradients() const { return m_gradients; }  // flat, same layout as trained()
  [[nodiscard]] const at::Tensor &decays() const { return m_decays; }        // 1 where weight decay applies, else 0

  // Values in the layout of `shape`, contiguous, and back.
  [[nodiscard]] at::Tensor copyOf(std::size_t index) const;
  void assign(std::size_t index, const at::Tensor &values);

 private:
  [[nodiscard]] at::Tensor viewOf(const at::Tensor &flat, const StoredTensor &tensor) const;

  std::vector<StoredTensor> m_tensors;
  std::vector<at::Tensor> m_views;
  at::Tensor m_values;
  at::Tensor m_trained;
  at::Tensor m_gradients;
  at::Tensor m_decays;
};

}  // namespace pimento::learn
