// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/tensor_names.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace pimento {

namespace {

// Of DataParallel, torch.compile, Lightning and checkpoints.
constexpr std::array<const char *, 7> Wrappers{"module.", "_orig_mod.", "model.",   "state_dict.",
                                               "net.",    "network.",   "backbone."};
constexpr std::array<const char *, 3> Classifiers{"fc.", "linear.", "classifier."};

// The network's names for the blocks and layers of the public slimmable code.
class SlimmableNames {
 public:
  explicit SlimmableNames(const NetworkSpec &spec) {
    for (const Layer &layer : spec.layers) {
      if (m_stem.isEmpty() && layer.op == Op::Conv) m_stem = layer.name;
      if (m_stemNorm.isEmpty() && layer.op == Op::BatchNorm) m_stemNorm = layer.name;
      if (layer.op == Op::Linear) m_classifier = layer.name;
      const QString block = layer.name.section(QLatin1Char('.'), 0, -2);
      const bool convolution = layer.op == Op::Conv && layer.name.endsWith(QStringLiteral(".conv1"));
      if (convolution && !m_blocks.contains(block)) m_blocks << block;
    }
  }

  // "features.3.body.4" → "layer1.2.bn2"; nothing for other names.
  [[nodiscard]] QString layerOf(const QString &name) const {
    static const QRegularExpression inBlock(QStringLiteral("^features\\.(\\d+)\\.(body|shortcut)\\.(\\d+)$"));
    if (name == QStringLiteral("features.0.0")) return m_stem;
    if (name == QStringLiteral("features.0.1")) return m_stemNorm;
    if (name == QStringLiteral("classifier.0")) return m_classifier;
    const QRegularExpressionMatch match = inBlock.match(name);
    const qsizetype block = match.captured(1).toInt() - 1;
    if (!match.hasMatch() || block < 0 || block >= m_blocks.size()) return {};
    const int position = match.captured(3).toInt();
    if (match.captured(2) == QStringLiteral("shortcut"))
      return QStringLiteral("%1.downsample.%2").arg(m_blocks[block]).arg(position);
    if (position % 3 == 2) return {};  // a ReLU
    return QStringLiteral("%1.%2%3")
        .arg(m_blocks[block], position % 3 == 0 ? QStringLiteral("conv") : QStringLiteral("bn"))
        .arg(position / 3 + 1);
  }

 private:
  QString m_stem;
  QString m_stemNorm;
  QString m_classifier;
  QStringList m_blocks;  // in order
};

bool isSlimmableCode(const SafeTensors &file) {
  return std::any_of(file.tensors.begin(), file.tensors.end(), [](const Tensor &tensor) {
    return plainTensorName(tensor.name).startsWith(QStringLiteral("features.1.body.0."));
  });
}

// One tensor of a norm that stands once for each width: "bn1.bn.2.weight".
struct WidthNorm {
  QString layer;
  int index = 0;
  QString part;
};

std::optional<WidthNorm> widthNorm(const QString &name) {
  static const QRegularExpression pattern(
      QStringLiteral("^(.+)\\.bn\\.(\\d{1,4})\\.(weight|bias|running_mean|running_var|num_batches_tracked)$"));
  const QRegularExpressionMatch match = pattern.match(name);
  if (!match.hasMatch()) return std::nullopt;
  return WidthNorm{match.captured(1), match.captured(2).toInt(), match.captured(3)};
}

class Namer {
 public:
  Namer(const NetworkSpec &spec, const SafeTensors &file)
      : m_spec(spec), m_names(spec), m_slimmable(isSlimmableCode(file)) {
    for (LayerId id = 0; id < spec.layers.size(); ++id) m_layers[spec.layers[id].name] = id;
  }

  // With the network's names of layers.
  [[nodiscard]] QString own(const QString &name) const {
    QString plain = plainTensorName(name);
    if (m_layers.contains(name.section(QLatin1Char('.'), 0, -2))) plain = name;
    if (const auto norm = widthNorm(plain))
      return QStringLiteral("%1.bn.%2.%3").arg(layer(norm->layer)).arg(norm->index).arg(norm->part);
    const QString of = plain.section(QLatin1Char('.'), 0, -2);
    return layer(of) + plain.mid(of.size());
  }

  // The variant that each index of the norms belongs to: that with as many channels in every layer.
  [[nodiscard]] std::map<int, QString> variantsOf(const std::map<QString, const Tensor *> &byName) const {
    std::map<int, std::map<QString, qint64>> sizes;
    for (const auto &[name, tensor] : byName)
      if (const auto norm = widthNorm(name); norm && tensor->shape.size() == 1)
        sizes[norm->index][norm->layer] = tensor->shape[0];
    std::map<int, QString> variants;
    QSet<QString> taken;
    for (const auto &[index, layers] : sizes)
      for (const Variant &variant : m_spec.variants)
        if (!variants.contains(index) && !taken.contains(variant.name) && fits(variant, layers)) {
          variants[index] = variant.name;
          taken << variant.name;
        }
    return variants;
  }

 private:
  // Some CIFAR ResNets call a projection "shortcut".
  [[nodiscard]] QString layer(const QString &name) const {
    if (m_layers.contains(name)) return name;
    if (m_slimmable)
      if (const QString known = m_names.layerOf(name); !known.isEmpty()) return known;
    QString projection = name;
    projection.replace(QStringLiteral(".shortcut."), QStringLiteral(".downsample."));
    return m_layers.contains(projection) ? projection : name;
  }

  [[nodiscard]] bool fits(const Variant &variant, const std::map<QString, qint64> &sizes) const {
    return std::all_of(sizes.begin(), sizes.end(), [&](const auto &size) {
      const auto found = m_layers.find(size.first);
      return found != m_layers.end() &&
             keptChannels(m_spec, variant, m_spec.layers[found->second].space) == size.second;
    });
  }

  const NetworkSpec &m_spec;
  SlimmableNames m_names;
  bool m_slimmable;
  std::map<QString, LayerId> m_layers;
};

}  // namespace

QString plainTensorName(const QString &name) {
  QString plain = name;
  for (bool again = true; again;) {
    again = false;
    for (const char *wrapper : Wrappers)
      if (plain.startsWith(QLatin1String(wrapper))) {
        plain.remove(0, static_cast<qsizetype>(qstrlen(wrapper)));
        again = true;
      }
  }
  return plain;
}

QStringList sameTensorNames(const QString &name) {
  QStringList names{name};
  for (const char *classifier : Classifiers)
    if (name.startsWith(QLatin1String(classifier)))
      for (const char *other : Classifiers)
        if (other != classifier) names << QLatin1String(other) + name.mid(static_cast<qsizetype>(qstrlen(classifier)));
  return names;
}

bool isBookkeeping(const Tensor &tensor) {
  const QString last = tensor.name.section(QLatin1Char('.'), -1);
  return last == QStringLiteral("num_batches_tracked") || last == QStringLiteral("total_ops") ||
         last == QStringLiteral("total_params");
}

NamedTensors namedFor(const NetworkSpec &spec, const SafeTensors &file, const QString &place) {
  const Namer namer(spec, file);
  NamedTensors named{place, {}, {}};
  for (const Tensor &tensor : file.tensors)
    if (namer.own(tensor.name) == tensor.name) named.byName[tensor.name] = &tensor;
  // Of two tensors with one name, here and below, the second keeps that of the file, and is left over.
  for (const Tensor &tensor : file.tensors)
    if (const QString own = namer.own(tensor.name); own != tensor.name)
      if (!named.byName.try_emplace(own, &tensor).second) named.byName.try_emplace(tensor.name, &tensor);
  const std::map<int, QString> variants = namer.variantsOf(named.byName);
  const std::map<QString, const Tensor *> byName = named.byName;
  for (const auto &[name, tensor] : byName) {
    const auto norm = widthNorm(name);
    if (!norm || variants.empty()) continue;
    const auto variant = variants.find(norm->index);
    if (variant == variants.end())
      named.otherWidths << tensor->name;
    else if (named.byName.try_emplace(QStringLiteral("%1/%2.%3").arg(variant->second, norm->layer, norm->part), tensor)
                 .second)
      named.byName.erase(name);
  }
  return named;
}

const Tensor *findTensor(const NamedTensors &tensors, const QString &name) {
  for (const QString &same : sameTensorNames(name))
    if (const auto found = tensors.byName.find(same); found != tensors.byName.end()) return found->second;
  return nullptr;
}

}  // namespace pimento
