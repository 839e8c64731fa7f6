// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/module/weights_file.h"

#include <cstring>

#include "core/base/error.h"

namespace pimento::learn {

namespace {

std::optional<at::ScalarType> scalarOf(TensorType type) {
  switch (type) {
    case TensorType::F32:
      return at::kFloat;
    case TensorType::F64:
      return at::kDouble;
    case TensorType::F16:
      return at::kHalf;
    case TensorType::BF16:
      return at::kBFloat16;
    default:
      return std::nullopt;
  }
}

bool fits(const std::vector<qint64> &given, const std::vector<std::int64_t> &wanted, Extent extent) {
  if (given.size() != wanted.size()) return false;
  for (std::size_t d = 0; d < given.size(); ++d) {
    const bool channels = extent == Extent::Leading && d < 2;
    if (channels ? given[d] < wanted[d] : given[d] != wanted[d]) return false;
  }
  return true;
}

QString shapeText(const auto &shape) {
  QStringList sides;
  for (const auto side : shape) sides << QString::number(side);
  return sides.join(QStringLiteral(" x "));
}

// What is wrong with the numbers of a tensor, if anything is.
std::optional<QString> problemOf(const QString &name, const at::Tensor &values) {
  const std::int64_t odd = at::isfinite(values).logical_not().sum().item<std::int64_t>();
  if (odd > 0)
    return QStringLiteral("%1 of its %2 numbers are not finite in single precision").arg(odd).arg(values.numel());
  if (!name.endsWith(QStringLiteral("running_var")) || values.numel() == 0) return std::nullopt;
  const auto least = values.min().item<double>();
  if (least >= 0) return std::nullopt;
  return QStringLiteral("it holds the variance %1, below zero").arg(least);
}

[[noreturn]] void failNumbers(const QString &place, const QString &name, const QString &problem) {
  throw Error(QStringLiteral("%1, tensor %2").arg(place, quoted(name)), problem,
              QStringLiteral("the training that wrote it went wrong, or the file is damaged; use an earlier one"));
}

bool isReal(TensorType type) { return scalarOf(type).has_value(); }

void reportLeftOver(const Tensor &tensor, LoadReport &report) {
  if (isBookkeeping(tensor)) return;
  report.leftOver << tensor.name;
  if (isReal(tensor.type) && !tensor.shape.empty()) report.foreign << tensor.name;
}

}  // namespace

SafeTensors exportWeights(const ParameterStore &store) {
  SafeTensors file;
  for (std::size_t i = 0; i < store.tensors().size(); ++i)
    file.tensors.push_back(toTensor(store.tensors()[i].name, store.copyOf(i)));
  return file;
}

LoadReport importWeights(ParameterStore &store, const NamedTensors &file, Extent extent, const QSet<QString> &others) {
  const at::NoGradGuard noGradient;
  LoadReport report;
  QSet<const Tensor *> used;
  for (std::size_t i = 0; i < store.tensors().size(); ++i) {
    const StoredTensor &wanted = store.tensors()[i];
    const Tensor *tensor = findTensor(file, wanted.name);
    if (tensor == nullptr) {
      report.missing << wanted.name;
      continue;
    }
    used << tensor;
    const auto values = fits(tensor->shape, wanted.shape, extent) ? fromTensor(*tensor) : std::nullopt;
    if (values) {
      if (const auto problem = problemOf(wanted.name, *values)) failNumbers(file.place, tensor->name, *problem);
      store.assign(i, leading(*values, wanted.shape));
      report.loaded << wanted.name;
    } else {
      report.otherShape << QStringLiteral("%1: %2 %3 in the file, F32 %4 in the network")
                               .arg(tensor->name, tensorTypeName(tensor->type), shapeText(tensor->shape),
                                    shapeText(wanted.shape));
    }
  }
  for (const auto &[name, tensor] : file.byName)
    if (!used.contains(tensor) && !others.contains(name) && !file.otherWidths.contains(tensor->name))
      reportLeftOver(*tensor, report);
  return report;
}

void requireNumbers(const ParameterStore &store, const QString &place) {
  for (std::size_t i = 0; i < store.tensors().size(); ++i)
    if (const auto problem = problemOf(store.tensors()[i].name, store.at(i).detach()))
      failNumbers(place, store.tensors()[i].name, *problem);
}

at::Tensor leading(at::Tensor values, const std::vector<std::int64_t> &shape) {
  for (std::size_t d = 0; d < std::min<std::size_t>(2, shape.size()); ++d)
    values = values.narrow(static_cast<std::int64_t>(d), 0, shape[d]);
  return values;
}

Tensor toTensor(const QString &name, const at::Tensor &values) {
  const at::Tensor flat = values.contiguous();
  Tensor tensor{name, TensorType::F32, {}, {}};
  for (const std::int64_t size : flat.sizes()) tensor.shape.push_back(size);
  tensor.bytes = QByteArray(static_cast<const char *>(flat.data_ptr()), static_cast<qsizetype>(flat.nbytes()));
  return tensor;
}

std::optional<at::Tensor> fromTensor(const Tensor &tensor) {
  const auto type = scalarOf(tensor.type);
  if (!type) return std::nullopt;
  const std::vector<std::int64_t> shape(tensor.shape.begin(), tensor.shape.end());
  at::Tensor values = at::empty(shape, *type);
  std::memcpy(values.data_ptr(), tensor.bytes.constData(), static_cast<std::size_t>(tensor.bytes.size()));
  return values.to(at::kFloat);
}

}  // namespace pimento::learn
