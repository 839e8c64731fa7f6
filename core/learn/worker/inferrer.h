// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

#include "core/jobs/inference.h"

namespace pimento::learn {

// A trained network that answers questions about pictures, all variants together, with the arithmetic of evaluation.
class Inferrer {
 public:
  // Directory of a run: job.json, weights.safetensors. Throws Error if one of them or the data set can not be read.
  explicit Inferrer(const QString &directory);
  ~Inferrer();
  Inferrer(const Inferrer &) = delete;
  Inferrer &operator=(const Inferrer &) = delete;

  // Throws Error for an image past the end, a picture that can not be read, a search that finds none.
  [[nodiscard]] Inference answer(const Question &question);

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace pimento::learn
