// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/weights_guess.h"

#include "app/session/training_setup.h"
#include "core/network/binding.h"
#include "core/network/families/families.h"
#include "core/weights/tensor_names.h"

namespace pimento {

namespace {

qint64 elementsOf(const Tensor &tensor) {
  qint64 elements = 1;
  for (const qint64 side : tensor.shape) elements *= side;
  return elements;
}

// Variants of which the file has tensors of their own: "0.25/bn1.weight".
int variantsIn(const NamedTensors &file, const NetworkSpec &network) {
  int count = 0;
  for (const Variant &variant : network.variants) {
    const QString prefix = variant.name + QLatin1Char('/');
    const auto first = file.byName.lower_bound(prefix);
    if (first != file.byName.end() && first->first.startsWith(prefix)) ++count;
  }
  return count;
}

// With slices the file has the weights of the widest variant.
WeightsGuess fit(const NamedTensors &file, const NetworkSpec &network, const Variant &variant, const Binding &binding) {
  const bool sliced = binding.weights == Sharing::Shared && binding.norms == Sharing::PerVariant;
  WeightsGuess guess{network.name, variant.name, 0, 0};
  for (const TensorUse &use : tensors(network, variant, binding)) {
    ++guess.of;
    const Tensor *tensor = findTensor(file, use.tensor);
    if (tensor == nullptr) continue;
    const qint64 size = elementsOf(*tensor);
    if (use.layer == variant.output || size == use.elements() || (sliced && size > use.elements())) ++guess.found;
  }
  return guess;
}

// The larger share of a network wins; of equal ones that which explains more of the file.
bool isBetter(const WeightsGuess &guess, const WeightsGuess &best) {
  const auto here = std::int64_t{guess.found} * best.of;
  const auto there = std::int64_t{best.found} * guess.of;
  return here != there ? here > there : guess.found > best.found;
}

std::vector<Binding> bindingsOf(const NetworkSpec &network) {
  std::vector<Binding> bindings{{QStringLiteral("plain"), Sharing::Shared, Sharing::Shared}};
  for (const QString &name : network.bindings) bindings.push_back(findBinding(network, name));
  return bindings;
}

// The network that a file of this program names; else all.
QStringList candidates(const SafeTensors &file) {
  const QStringList all = trainableNetworks();
  const auto named = file.metadata.find(QStringLiteral("network"));
  return named != file.metadata.end() && all.contains(named->second) ? QStringList{named->second} : all;
}

}  // namespace

std::optional<WeightsGuess> guessNetwork(const SafeTensors &file, const std::stop_token &stop) {
  std::optional<WeightsGuess> best;
  for (const QString &name : candidates(file)) {
    if (stop.stop_requested()) return std::nullopt;
    const NetworkSpec network = makeNetwork(name);
    const NamedTensors named = namedFor(network, file, {});
    const bool several = variantsIn(named, network) > 1;
    for (const Variant &variant : network.variants)
      for (const Binding &binding : bindingsOf(network)) {
        if (stop.stop_requested()) return std::nullopt;
        WeightsGuess guess = fit(named, network, variant, binding);
        if (2 * guess.found < guess.of || (best && !isBetter(guess, *best))) continue;
        if (several) guess.variant.clear();
        best = guess;
      }
  }
  return best;
}

}  // namespace pimento
