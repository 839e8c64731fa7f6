// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/weights_file.h"

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

// The first channels of the first two axes.
at::Tensor leading(at::Tensor values, const std::vector<std::int64_t> &shape) {
  for (std::size_t d = 0; d < std::min<std::size_t>(2, shape.size()); ++d)
    values = values.narrow(static_cast<std::int64_t>(d), 0, shape[d]);
  return values;
}

QString shapeText(const auto &shape) {
  QStringList sides;
  for (const auto side : shape) sides << QString::number(side);
  return sides.join(QStringLiteral(" x "));
}

}  // namespace

QString plainTensorName(const QString &name) { return name.startsWith(QStringLiteral("module.")) ? name.mid(7) : name; }

QStringList sameTensorNames(const QString &name) {
  QStringList names{name};
  for (const QString &classifier : {QStringLiteral("fc."), QStringLiteral("linear."), QStringLiteral("classifier.")})
    if (name.startsWith(classifier))
      for (const QString &other : {QStringLiteral("fc."), QStringLiteral("linear."), QStringLiteral("classifier.")})
        if (other != classifier) names << other + name.mid(classifier.size());
  return names;
}

SafeTensors exportWeights(const ParameterStore &store) {
  SafeTensors file;
  for (std::size_t i = 0; i < store.tensors().size(); ++i)
    file.tensors.push_back(toTensor(store.tensors()[i].name, store.copyOf(i)));
  return file;
}

LoadReport importWeights(ParameterStore &store, const SafeTensors &file, Extent extent) {
  const at::NoGradGuard noGradient;
  LoadReport report;
  std::map<QString, const Tensor *> given;
  for (const Tensor &tensor : file.tensors) given[plainTensorName(tensor.name)] = &tensor;
  for (std::size_t i = 0; i < store.tensors().size(); ++i) {
    const StoredTensor &wanted = store.tensors()[i];
    auto found = given.end();
    for (const QString &name : sameTensorNames(wanted.name))
      if (found == given.end()) found = given.find(name);
    if (found == given.end()) {
      report.missing << wanted.name;
      continue;
    }
    const Tensor &tensor = *found->second;
    const auto values = fits(tensor.shape, wanted.shape, extent) ? fromTensor(tensor) : std::nullopt;
    if (values) {
      store.assign(i, leading(*values, wanted.shape));
      report.loaded << wanted.name;
    } else {
      report.otherShape << QStringLiteral("%1: %2 %3 in the file, F32 %4 in the network")
                               .arg(wanted.name, tensorTypeName(tensor.type), shapeText(tensor.shape),
                                    shapeText(wanted.shape));
    }
    given.erase(found);
  }
  for (const auto &[name, tensor] : given)
    if (!name.endsWith(QStringLiteral("num_batches_tracked"))) report.leftOver << tensor->name;
  return report;
}

void requireComplete(const LoadReport &report, const QString &place) {
  if (report.complete()) return;
  const QStringList wrong = report.otherShape + report.missing;
  QString text = QStringList(wrong.mid(0, 3)).join(QStringLiteral("; "));
  if (wrong.size() > 3) text += QStringLiteral("; and %1 more").arg(wrong.size() - 3);
  throw Error(place,
              QStringLiteral("%1 tensors are missing and %2 have another shape or type (%3)")
                  .arg(report.missing.size())
                  .arg(report.otherShape.size())
                  .arg(text),
              QStringLiteral("are they weights of this network, variant and number of classes?"));
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
