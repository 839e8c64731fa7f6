// SPDX-License-Identifier: GPL-3.0-or-later
// Point 10: the energy of ResNet20 at width 0.25 against 1.0, by the hardware model with several layouts. Nothing in
// the model is fitted to the printed ratio.
#include <algorithm>
#include <array>
#include <numeric>

#include "core/base/format.h"
#include "core/hardware/estimate/mapping_ratios.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

// "AND-compute 40 %, transport 20 % at 0.25": where the energy of the small network goes.
QString largestShares(const PerComponent &energy_pj) {
  std::array<std::size_t, ComponentCount> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return energy_pj[a] > energy_pj[b]; });
  QStringList shares;
  for (std::size_t i = 0; i < 3; ++i)
    shares << QStringLiteral("%1 %2 %").arg(QString::fromUtf8(components()[order[i]].title),
                                            fourDigits(100 * energy_pj[order[i]] / sum(energy_pj)));
  return shares.join(QStringLiteral(", "));
}

}  // namespace

void auditEnergy(Claims &claims, const PaperTables &tables) {
  const Reader read(tables);
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto precision = static_cast<int>(read.fact("dynamic-bits"));
  const QString stated = read.factText("dynamic-energy-ratio");
  const Accelerator accelerator = builtInProfile(builtInProfiles().front());
  const Bits bits{precision, precision};
  for (const MappingRatio &option : mappingRatios(network, findVariant(network, QStringLiteral("1.0")),
                                                  findVariant(network, QStringLiteral("0.25")), accelerator, bits)) {
    claims.push_back(
        {QStringLiteral("dynamic-10.") + QLatin1String(option.id),
         QStringLiteral("ResNet20 at 0.25 takes %1 times less energy than at 1.0: model, %2")
             .arg(stated, QLatin1String(option.what)),
         stated + QStringLiteral("x"), fourDigits(option.ratio()) + QStringLiteral("x"),
         verdictOf(agreesAsPrinted(stated, option.ratio())), read.place("dynamic-energy-ratio"),
         QStringLiteral("Estimated, not fitted: %1:%1 bits, profile %2. A row of the array costs the same however few "
                        "of its columns are in use; row operations alone give %3x. A cost that does not depend on "
                        "width, %4 % of that of 1.0, would make it %5x. Most of 1.0: %6. Most of 0.25: %7.")
             .arg(precision)
             .arg(accelerator.name, fourDigits(option.work),
                  fourDigits(100 * independentShare(option.ratio(), stated.toDouble())), stated,
                  largestShares(option.wide_pj), largestShares(option.narrow_pj))});
  }
}

}  // namespace pimento
