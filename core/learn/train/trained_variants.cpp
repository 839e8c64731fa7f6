// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/trained_variants.h"

#include "core/network/widest.h"

namespace pimento::learn {

QStringList variantNames(const std::vector<Variant> &variants) {
  QStringList names;
  for (const Variant &variant : variants) names << variant.name;
  return names;
}

std::vector<Variant> trainedVariants(const Job &job) {
  if (!traits(job.recipe.method).learnsSubNets) return job.variants;
  std::vector<Variant> copies;
  for (const double lambda : job.recipe.lambdas) {
    copies.push_back(widestVariant(job.network, job.variants));
    copies.back().name = QStringLiteral("lambda %1").arg(lambda);
    copies.back().normSet = copies.back().name;
  }
  return copies;
}

std::vector<Variant> learnedVariants(const NetworkSpec &network, const std::vector<GroupLasso> &penalties,
                                     const ParameterStore &store) {
  std::vector<Variant> variants;
  for (const GroupLasso &penalty : penalties) {
    const double share = keptShare(network, penalty.subNet(store, {}));
    const QString name = QStringLiteral("lasso-%1").arg(share, 0, 'f', 2);
    QString free = name;
    for (int n = 2; variantNames(variants).contains(free); ++n) free = QStringLiteral("%1 (%2)").arg(name).arg(n);
    variants.push_back(penalty.subNet(store, free));
  }
  return variants;
}

}  // namespace pimento::learn
