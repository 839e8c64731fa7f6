// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <QByteArray>
#include <QString>
#include <memory>
#include <span>
#include <vector>

#include "core/learn/ranks/rank_options.h"

namespace pimento::learn {

// The processes of one data-parallel run, as one of them sees them. Every rank does the same operations in the same
// order; each operation waits for the others and gives the same bits to all. They throw Error if a rank was lost; then
// nothing more can be done together.
class Ranks {
 public:
  virtual ~Ranks() = default;
  [[nodiscard]] virtual int rank() const { return 0; }
  [[nodiscard]] virtual int size() const { return 1; }
  [[nodiscard]] bool leads() const { return rank() == 0; }  // the one that writes files and events
  [[nodiscard]] bool alone() const { return size() == 1; }

  virtual void sum(at::Tensor) {}        // in place, dense
  virtual void maximum(at::Tensor) {}    // in place, dense
  virtual void broadcast(at::Tensor) {}  // of rank 0, in place, dense
  virtual void await() {}                // until all are here; waits ten times as long as the others

  // After an operation threw: the ranks that were lost, "rank 1 was lost"; empty: none is known.
  [[nodiscard]] virtual QString lost() const { return {}; }

  void sum(std::span<double> values);
  [[nodiscard]] double sum(double value);
  [[nodiscard]] std::int64_t sum(std::int64_t value);
  [[nodiscard]] double maximum(double value);
  [[nodiscard]] double ofLeader(double value);
  // Throws Error(place, …) on every rank if the bytes of one differ from those of rank 0.
  void requireSame(const QByteArray &bytes, const QString &place, const QString &problem, const QString &remedy);
};

// One process by itself (size 1) or, with LibTorch's c10d over Gloo, one of several. Waits for all of them. Throws
// Error naming the rendezvous if they do not find each other in time.
[[nodiscard]] std::unique_ptr<Ranks> joinRanks(const RankOptions &options);

// What one rank computes of each batch of an epoch: images [n r / N, n (r + 1) / N) of its n.
struct Share {
  std::vector<std::uint32_t> order;  // this rank's images, batch after batch; what fills no batch is left out
  int batch = 0;                     // of them in a batch
  std::int64_t whole = 0;            // images of a batch of all ranks
  double weight = 1;  // batch / whole: gradients of mean losses, so weighted, add up to the whole batch's
};
// An order of fewer images than a batch is one batch. Throws Error if a rank would have none.
[[nodiscard]] Share shareOf(std::vector<std::uint32_t> order, int batch, const Ranks &ranks);

// The part of a list that a rank evaluates; the parts of all ranks together are the list.
[[nodiscard]] std::span<const std::uint32_t> partOf(std::span<const std::uint32_t> indices, const Ranks &ranks);

}  // namespace pimento::learn
