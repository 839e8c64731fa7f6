// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <future>
#include <optional>

#include "core/data/batch.h"

namespace pimento::learn {

struct Batch {
  at::Tensor images;  // N x channels x height x width, channels last in memory
  at::Tensor labels;  // N, 64-bit
};

// Images ready for a network, and how they are augmented.
struct Source {
  Images images;  // prepared
  InputRecipe recipe;
};

// Batches of one pass over `order`, each prepared in a second thread while the one before is computed with. Training
// leaves out a last batch that is not full (unless it is the only one); evaluation keeps it.
class BatchLoader {
 public:
  enum class Last : std::uint8_t { Drop, Keep };
  // Begins with batch `first`. `source` must outlive the loader; `augmentation` absent: images as they are.
  BatchLoader(const Source &source, std::vector<std::uint32_t> order, int batch, Last last,
              std::optional<Augmentation> augmentation, std::size_t first = 0);

  [[nodiscard]] std::size_t batches() const { return m_batches; }
  [[nodiscard]] std::optional<Batch> next();                    // none after the last one
  [[nodiscard]] double waited_s() const { return m_waited_s; }  // for batches that were not ready

 private:
  [[nodiscard]] Batch make(std::size_t batch) const;
  void prepare();

  const Source &m_source;
  std::vector<std::uint32_t> m_order;
  std::size_t m_size;
  std::size_t m_batches;
  std::optional<Augmentation> m_augmentation;
  std::size_t m_next;
  std::future<Batch> m_ready;
  double m_waited_s = 0;
};

}  // namespace pimento::learn
