// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/starting_weights.h"

#include <QFileInfo>
#include <QJsonArray>
#include <algorithm>

#include "core/learn/module/channel_indices.h"
#include "core/learn/train/group_lasso.h"
#include "core/learn/train/trained_variants.h"
#include "core/learn/train/variant_weights.h"
#include "core/network/kept_set.h"
#include "core/network/widest.h"
#include "core/weights/weights.h"

namespace pimento::learn {

namespace {

// What all variants share are the first channels of the whole.
void giveShared(ParameterStore &to, const ParameterStore &whole) {
  const auto from = whole.indices();
  for (std::size_t i = 0; i < to.tensors().size(); ++i)
    if (const auto found = from.find(to.tensors()[i].name); found != from.end())
      to.assign(i, leading(whole.copyOf(found->second), to.tensors()[i].shape));
}

// What a variant has for itself is cut out of the whole.
void giveOwn(ParameterStore &to, const NetworkSpec &spec, const ParameterStore &whole, const Variant &widest,
             const Variant &variant) {
  const Binding individual{QStringLiteral("individual"), Sharing::PerVariant, Sharing::PerVariant};
  NetworkModule own(spec, {variant}, individual);
  cutOut(spec, whole, widest, aloneBinding(), own.store(), variant, individual);
  const auto from = own.store().indices();
  for (std::size_t i = 0; i < to.tensors().size(); ++i)
    if (const auto found = from.find(to.tensors()[i].name); found != from.end())
      to.assign(i, own.store().copyOf(found->second));
}

// The widest of those that end where the trained ones do.
Variant widestOf(const NetworkSpec &spec, const std::vector<Variant> &trained) {
  std::vector<Variant> same = trained;
  for (const Variant &variant : spec.variants)
    if (variant.output == trained.front().output) same.push_back(variant);
  return widestVariant(spec, same);
}

// Whether a variant can be cut out of another.
bool holds(const NetworkSpec &spec, const Variant &whole, const Variant &variant) {
  if (whole.output != variant.output) return false;
  for (SpaceId space = 0; space < spec.spaces.size(); ++space)
    if (!std::ranges::includes(learn::indicesOf(keptSet(spec, whole, space)),
                               learn::indicesOf(keptSet(spec, variant, space))))
      return false;
  return true;
}

QString sentence(const QString &file, const QStringList &variants, Sharing weights, const QString &padding) {
  const QString name = QFileInfo(file).fileName();
  if (variants.isEmpty()) return QStringLiteral("started from the weights of %1").arg(name);
  const QString shared = weights == Sharing::Shared
                             ? QStringLiteral("share its weights, and each has a copy of its batch norms")
                             : QStringLiteral("each have a copy of its channels");
  QString text = QStringLiteral("started from %1, the weights of one network: %2 %3")
                     .arg(name, variants.join(QStringLiteral(", ")), shared);
  if (padding == QStringLiteral("middle"))
    text += QStringLiteral("; its shortcuts were padded on both sides, so channels were renumbered");
  return text;
}

QJsonObject facts(const LoadReport &report, const QString &file, const QStringList &variants, Sharing weights,
                  const QString &padding) {
  QJsonObject json = toJson(report);
  json[QStringLiteral("file")] = file;
  json[QStringLiteral("plain")] = !variants.isEmpty();
  json[QStringLiteral("variants")] = QJsonArray::fromStringList(variants);
  if (!padding.isEmpty()) json[QStringLiteral("shortcut_padding")] = padding;
  json[QStringLiteral("text")] = sentence(file, variants, weights, padding);
  return json;
}

}  // namespace

QJsonObject startFromWeights(NetworkModule &module, const Job &job, const std::vector<Variant> &variants,
                             const Binding &binding, const Source &trial) {
  const at::NoGradGuard noGradient;
  const SafeTensors content = readWeights(job.weights);
  const NamedTensors file = namedFor(job.network, content, job.weights);
  const auto require = [&](LoadReport &report) {
    ignore(report, job.weightsIgnore);
    requireComplete(report, job.weights);
    requireNothingForeign(report, job.weights);
  };
  LoadReport report = importWeights(module.store(), file);
  if (report.complete()) {
    require(report);
    return facts(report, job.weights, {}, binding.weights, {});
  }
  const Variant widest = widestOf(job.network, variants);
  LoadedVariant whole = loadVariant(job.network, widest, file);
  const bool plain =
      whole.binding == aloneBinding() && whole.report.complete() &&
      std::ranges::all_of(variants, [&](const Variant &variant) { return holds(job.network, widest, variant); });
  require(plain ? whole.report : report);
  QString padding;
  if (hasWideningShortcuts(job.network, widest))
    padding = settlePadding(whole.module, job.network, widest, QStringLiteral("auto"), trial);
  giveShared(module.store(), whole.module.store());
  for (const Variant &variant : variants) giveOwn(module.store(), job.network, whole.module.store(), widest, variant);
  return facts(whole.report, job.weights, variantNames(variants), binding.weights, padding);
}

}  // namespace pimento::learn
