// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/weights_guess.h"

#include <QHash>

#include "app/window/training_setup.h"
#include "core/network/binding.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

// Elements of each tensor by the name that torchvision has for it.
QHash<QString, qint64> sizesOf(const SafeTensors &file) {
  QHash<QString, qint64> sizes;
  for (const Tensor &tensor : file.tensors) {
    QString name = tensor.name;
    if (name.startsWith(QStringLiteral("module."))) name = name.mid(7);
    if (name.startsWith(QStringLiteral("linear."))) name = QStringLiteral("fc.") + name.mid(7);
    qint64 elements = 1;
    for (const qint64 side : tensor.shape) elements *= side;
    sizes.insert(name, elements);
  }
  return sizes;
}

// A file of several variants names their own tensors "0.25/bn1.weight".
bool holdsSeveral(const SafeTensors &file, const NetworkSpec &network) {
  for (const Variant &variant : network.variants)
    for (const Tensor &tensor : file.tensors)
      if (tensor.name.startsWith(variant.name + QLatin1Char('/'))) return true;
  return false;
}

WeightsGuess fit(const QHash<QString, qint64> &sizes, const NetworkSpec &network, const Variant &variant) {
  const Binding plain{QStringLiteral("plain"), Sharing::Shared, Sharing::Shared};
  WeightsGuess guess{network.name, variant.name, 0, 0};
  for (const TensorUse &use : tensors(network, variant, plain)) {
    ++guess.of;
    const auto size = sizes.constFind(use.tensor);
    if (size == sizes.constEnd()) continue;
    if (use.layer == variant.output || *size == use.elements()) ++guess.found;
  }
  return guess;
}

}  // namespace

std::optional<WeightsGuess> guessNetwork(const SafeTensors &file) {
  const QHash<QString, qint64> sizes = sizesOf(file);
  std::optional<WeightsGuess> best;
  for (const QString &name : trainableNetworks()) {
    const NetworkSpec network = makeNetwork(name);
    for (const Variant &variant : network.variants) {
      WeightsGuess guess = fit(sizes, network, variant);
      if (2 * guess.found < guess.of) continue;
      // The larger share of a network wins; of equal ones that which explains more of the file.
      const auto better = [&] {
        const auto here = std::int64_t{guess.found} * best->of;
        const auto there = std::int64_t{best->found} * guess.of;
        return here != there ? here > there : guess.found > best->found;
      };
      if (best && !better()) continue;
      if (holdsSeveral(file, network)) guess.variant.clear();
      best = guess;
    }
  }
  return best;
}

}  // namespace pimento
