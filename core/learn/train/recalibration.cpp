// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/recalibration.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/base/error.h"
#include "core/learn/train/task_data.h"
#include "core/network/widest.h"

namespace pimento::learn {

namespace {

// Every channel of a space that a variant keeps, counted from the first.
bool keepsFirst(const Variant &variant) {
  return std::ranges::all_of(variant.kept, [](const auto &space) { return space.second.indices.empty(); });
}

// The variants of a network from the narrowest on.
std::vector<Variant> byWidth(const NetworkSpec &spec) {
  std::vector<Variant> variants = classifiers(spec);
  std::ranges::stable_sort(variants, {}, [&](const Variant &v) { return adjustableChannels(spec, v); });
  return variants;
}

// Whether it has every channel of the variant, and more.
bool isWider(const NetworkSpec &spec, const Variant &wider, const Variant &variant) {
  for (SpaceId space = 0; space < spec.spaces.size(); ++space)
    if (keptChannels(spec, wider, space) < keptChannels(spec, variant, space)) return false;
  return keepsFirst(wider) && wider.output == variant.output &&
         adjustableChannels(spec, wider) > adjustableChannels(spec, variant);
}

// The next wider variant that the file holds.
std::optional<HeldVariant> nextWider(const NetworkSpec &spec, const Variant &variant, const NamedTensors &file) {
  for (const Variant &wider : byWidth(spec)) {
    if (!isWider(spec, wider, variant)) continue;
    LoadedVariant whole = loadVariant(spec, wider, file);
    if (whole.report.complete()) return HeldVariant{std::move(whole), wider, wider.name};
  }
  return std::nullopt;
}

// By plain names, whichever the file had.
SafeTensors plainWeights(const HeldVariant &held) {
  SafeTensors file = exportWeights(held.loaded.module.store());
  const QString own = held.variant.name + QLatin1Char('/');
  for (Tensor &tensor : file.tensors)
    if (tensor.name.startsWith(own)) tensor.name = tensor.name.mid(own.size());
  return file;
}

}  // namespace

bool recalibrate(NetworkModule &module, const Source &images, const std::function<Command()> &command) {
  const at::NoGradGuard noGradient;
  std::vector<std::uint32_t> order(images.images.size());
  std::iota(order.begin(), order.end(), 0U);
  BatchLoader loader(images, std::move(order), EvaluationBatch, BatchLoader::Last::Keep, std::nullopt);
  const std::vector<std::size_t> all = module.allVariants();
  double seen = 0;
  while (const auto batch = loader.next()) {
    const auto size = static_cast<double>(batch->images.size(0));
    seen += size;
    static_cast<void>(module.forward(batch->images, all, Mode::Train, size / seen));  // a mean so far
    if (command() != Command::Continue) return false;
  }
  return true;
}

HeldVariant holdVariant(const NetworkSpec &spec, const Variant &variant, const NamedTensors &file) {
  LoadedVariant loaded = loadVariant(spec, variant, file);
  if (!loaded.report.complete() && keepsFirst(variant))
    if (auto wider = nextWider(spec, variant, file)) return std::move(*wider);
  return {std::move(loaded), variant, {}};
}

void requireHeld(const LoadReport &report, const NetworkSpec &spec, const Variant &variant, const NamedTensors &file) {
  if (report.complete()) return;
  if (hasNorms(spec, variant))
    if (const QString from = holdVariant(spec, variant, file).from; !from.isEmpty())
      throw Error(file.place,
                  QStringLiteral("holds no batch norms of variant %1, which was not trained").arg(variant.name),
                  QStringLiteral("--recalibrate-norms 1000 runs it as the first channels of %1, with statistics of so "
                                 "many training images")
                      .arg(from));
  requireComplete(report, file.place);
}

QString settleHeld(HeldVariant &held, const NetworkSpec &spec, const Variant &variant, const QString &padding,
                   const std::function<Source()> &trial) {
  QString settled;
  const bool others = held.loaded.binding == aloneBinding() && held.loaded.report.complete();
  if (others && hasWideningShortcuts(spec, held.variant))
    settled = settlePadding(held.loaded.module, spec, held.variant, padding, trial());
  if (held.variant == variant) return settled;
  LoadedVariant sliced{NetworkModule(spec, {variant}, aloneBinding()), {}, aloneBinding()};
  const SafeTensors plain = plainWeights(held);
  sliced.report = importWeights(sliced.module.store(), namedFor(spec, plain, spec.name), Extent::Leading);
  requireComplete(sliced.report, QStringLiteral("%1, variant %2").arg(spec.name, variant.name));
  sliced.report.leftOver = held.loaded.report.leftOver;
  sliced.report.foreign = held.loaded.report.foreign;
  sliced.report.ignored = held.loaded.report.ignored;
  held.loaded = std::move(sliced);
  held.variant = variant;
  return settled;
}

}  // namespace pimento::learn
