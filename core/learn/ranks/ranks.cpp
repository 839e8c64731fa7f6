// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/ranks/ranks.h"

#include <QCryptographicHash>
#include <algorithm>

#include "core/base/error.h"

namespace pimento::learn {

void Ranks::sum(std::span<double> values) {
  if (alone()) return;
  const at::Tensor tensor = at::tensor(at::ArrayRef<double>(values.data(), values.size()), at::kDouble);
  sum(tensor);
  std::copy_n(tensor.data_ptr<double>(), values.size(), values.begin());
}

double Ranks::sum(double value) {
  sum(std::span(&value, 1));
  return value;
}

std::int64_t Ranks::sum(std::int64_t value) {
  if (alone()) return value;
  const at::Tensor tensor = at::full({1}, value, at::kLong);
  sum(tensor);
  return tensor.item<std::int64_t>();
}

double Ranks::maximum(double value) {
  if (alone()) return value;
  const at::Tensor tensor = at::full({1}, value, at::kDouble);
  maximum(tensor);
  return tensor.item<double>();
}

double Ranks::ofLeader(double value) {
  if (alone()) return value;
  const at::Tensor tensor = at::full({1}, value, at::kDouble);
  broadcast(tensor);
  return tensor.item<double>();
}

void Ranks::requireSame(const QByteArray &bytes, const QString &place, const QString &problem, const QString &remedy) {
  if (alone()) return;
  const QByteArray digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
  at::Tensor own = at::empty({digest.size()}, at::kByte);
  std::copy(digest.begin(), digest.end(), own.data_ptr<std::uint8_t>());
  const at::Tensor first = own.clone();
  broadcast(first);
  if (maximum(first.equal(own) ? 0.0 : 1.0) > 0) throw Error(place, problem, remedy);
}

Share shareOf(std::vector<std::uint32_t> order, int batch, const Ranks &ranks) {
  const std::size_t whole = std::min<std::size_t>(static_cast<std::size_t>(batch), order.size());
  Share share{std::move(order), static_cast<int>(whole), static_cast<std::int64_t>(whole), 1};
  if (ranks.alone()) return share;
  const auto size = static_cast<std::size_t>(ranks.size());
  const auto rank = static_cast<std::size_t>(ranks.rank());
  if (whole < size)
    throw Error(QStringLiteral("training"),
                QStringLiteral("a batch of %1 images can not be divided among %2 ranks").arg(whole).arg(size),
                QStringLiteral("use fewer ranks or a larger batch"));
  const std::size_t begin = whole * rank / size;
  const std::size_t end = whole * (rank + 1) / size;
  std::vector<std::uint32_t> own;
  for (std::size_t first = 0; first + whole <= share.order.size(); first += whole)
    for (std::size_t i = begin; i < end; ++i) own.push_back(share.order[first + i]);
  share.order = std::move(own);
  share.batch = static_cast<int>(end - begin);
  share.weight = static_cast<double>(share.batch) / static_cast<double>(whole);
  return share;
}

std::span<const std::uint32_t> partOf(std::span<const std::uint32_t> indices, const Ranks &ranks) {
  const auto size = static_cast<std::size_t>(ranks.size());
  const auto rank = static_cast<std::size_t>(ranks.rank());
  const std::size_t begin = indices.size() * rank / size;
  return indices.subspan(begin, indices.size() * (rank + 1) / size - begin);
}

}  // namespace pimento::learn
