// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/batch_loader.h"

#include <algorithm>
#include <chrono>

namespace pimento::learn {

namespace {

std::size_t batchesOf(std::size_t images, std::size_t size, BatchLoader::Last last) {
  const std::size_t full = images / size;
  const bool partial = images % size != 0;
  return partial && (last == BatchLoader::Last::Keep || full == 0) ? full + 1 : full;
}

}  // namespace

BatchLoader::BatchLoader(const Source &source, std::vector<std::uint32_t> order, int batch, Last last,
                         std::optional<Augmentation> augmentation, std::size_t first)
    : m_source(source),
      m_order(std::move(order)),
      m_size(static_cast<std::size_t>(batch)),
      m_batches(batchesOf(m_order.size(), m_size, last)),
      m_augmentation(augmentation),
      m_next(first) {
  prepare();
}

Batch BatchLoader::make(std::size_t batch) const {
  const std::size_t begin = batch * m_size;
  const std::size_t count = std::min(m_size, m_order.size() - begin);
  const auto indices = std::span(m_order).subspan(begin, count);
  const Shape &shape = m_source.recipe.shape;
  const auto n = static_cast<std::int64_t>(count);
  at::Tensor pixels = at::empty({n, shape.height, shape.width, shape.channels}, at::kFloat);
  fillBatch(m_source.images, indices, m_source.recipe, m_augmentation ? &*m_augmentation : nullptr,
            {pixels.data_ptr<float>(), static_cast<std::size_t>(pixels.numel())});
  at::Tensor labels = at::empty({n}, at::kLong);
  for (std::size_t i = 0; i < count; ++i) labels.data_ptr<std::int64_t>()[i] = m_source.images.labels[indices[i]];
  return {pixels.permute({0, 3, 1, 2}), labels};
}

void BatchLoader::prepare() {
  // A future, not Background: its batch is waited for, by a loop without events, and destroying it waits. Deferred
  // where the system has no thread to give: then it is made when it is asked for.
  if (m_next < m_batches)
    m_ready = std::async(std::launch::async | std::launch::deferred, [this, batch = m_next] { return make(batch); });
}

std::optional<Batch> BatchLoader::next() {
  if (m_next >= m_batches) return std::nullopt;
  const auto before = std::chrono::steady_clock::now();
  Batch batch = m_ready.get();
  m_waited_s += std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  ++m_next;
  prepare();
  return batch;
}

}  // namespace pimento::learn
