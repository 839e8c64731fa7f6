// SPDX-License-Identifier: GPL-3.0-or-later
// Point 10: the energy of ResNet20 at width 0.25 against 1.0, by the hardware model with several layouts. Nothing in
// the model is fitted to the printed ratio.
#include <algorithm>
#include <array>
#include <numeric>

#include "core/base/format.h"
#include "core/hardware/estimate.h"
#include "core/hardware/profiles.h"
#include "core/network/families/families.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

enum class Regions : std::uint8_t { All, Published };  // Published: the four that the paper's figure shows
enum class Layout : std::uint8_t { Own, Widest };      // of the segments: the width's own, or that of 1.0

struct Option {
  const char *id;
  const char *what;
  Packing packing;
  Toggle columnGating;
  Toggle writeBack;
  Layout layout;
  Regions regions;
};
constexpr std::array<Option, 5> Options{
    {{"dynamic-10.packed", "rows packed for each width", Packing::PowerOfTwo, Toggle::Off, Toggle::Off, Layout::Own,
      Regions::All},
     {"dynamic-10.unpacked", "one patch a row", Packing::None, Toggle::Off, Toggle::Off, Layout::Own, Regions::All},
     {"dynamic-10.layout", "rows packed in the layout of 1.0", Packing::PowerOfTwo, Toggle::Off, Toggle::Off,
      Layout::Widest, Regions::All},
     {"dynamic-10.gated", "one patch a row, idle columns gated", Packing::None, Toggle::On, Toggle::Off, Layout::Own,
      Regions::All},
     {"dynamic-10.regions", "one patch a row, the paper's four regions with write-back", Packing::None, Toggle::Off,
      Toggle::On, Layout::Own, Regions::Published}}};

PerComponent energyOf(const NetworkSpec &network, const char *width, const Option &option, Bits bits) {
  Accelerator accelerator = builtInProfile(builtInProfiles().front());
  accelerator.schedule.packing = option.packing;
  accelerator.schedule.column_gating = option.columnGating;
  accelerator.schedule.write_back = option.writeBack;
  const Variant variant = findVariant(network, QString::fromLatin1(width));
  const Variant widest = findVariant(network, QStringLiteral("1.0"));
  const auto works = workOf(network, variant, option.layout == Layout::Widest ? &widest : nullptr);
  PerComponent energy_pj = estimateTotals(works, buildMachine(accelerator), bits).energy_pj;
  for (std::size_t i = 0; i < ComponentCount; ++i)
    if (option.regions == Regions::Published && !components()[i].published) energy_pj[i] = 0;
  return energy_pj;
}

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
  for (const Option &option : Options) {
    const PerComponent full = energyOf(network, "1.0", option, {precision, precision});
    const PerComponent quarter = energyOf(network, "0.25", option, {precision, precision});
    const double ratio = sum(full) / sum(quarter);
    claims.push_back(
        {QString::fromLatin1(option.id),
         QStringLiteral("ResNet20 at 0.25 takes %1 times less energy than at 1.0: model, %2")
             .arg(stated, QLatin1String(option.what)),
         stated + QStringLiteral("x"), fourDigits(ratio) + QStringLiteral("x"),
         verdictOf(agreesAsPrinted(stated, ratio)), read.place("dynamic-energy-ratio"),
         QStringLiteral("Estimated, not fitted: %1:%1 bits, profile %2. A row of the array costs the same however few "
                        "of its columns are in use. Most of 1.0: %3. Most of 0.25: %4.")
             .arg(precision)
             .arg(builtInProfiles().front(), largestShares(full), largestShares(quarter))});
  }
}

}  // namespace pimento
