// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "core/hardware/estimate/estimate.h"
#include "core/network/families/families.h"
#include "core/validate/checks.h"
#include "core/validate/width_search.h"

namespace pimento {

namespace {

constexpr double StatedRatio = 2.7;
constexpr const char *CountSource = "counted by hand from ResNet20's layers";

std::vector<LayerWork> worksOf(const char *width, const char *layout = nullptr) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Variant variant = findVariant(network, QString::fromLatin1(width));
  if (!layout) return workOf(network, variant);
  const Variant widest = findVariant(network, QString::fromLatin1(layout));
  return workOf(network, variant, &widest);
}

// Row operations of the convolutions, a bit pair.
Check rows(const char *id, const char *name, double theirs, Dataflow dataflow, Packing packing, const char *reason) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs,
          .unit = "",
          .tolerance = 0.001,
          .source = CountSource,
          .compute =
              [=](const std::stop_token &) {
                Accelerator a;
                a.schedule.dataflow = dataflow;
                a.schedule.packing = packing;
                double count = 0;
                for (const LayerWork &work : worksOf("1.0"))
                  if (work.op == Op::Conv)
                    count += double(mapLayer(work, a.array, a.schedule, a.chip, {8, 8}).rowPairs);
                return Ours{count};
              },
          .reason = reason};
}

// The paper's ratio between the widths, over every way of laying out and gating that it does not exclude: one figure
// with its range. None is picked to agree.
Ours searchedRatio(const std::stop_token &) {
  const std::vector<MappingChoice> choices = widthSearch();
  const auto ratios =
      std::minmax_element(choices.begin(), choices.end(),
                          [](const MappingChoice &a, const MappingChoice &b) { return a.ratio() < b.ratio(); });
  const auto nearest = std::min_element(choices.begin(), choices.end(), [](const auto &a, const auto &b) {
    return std::abs(std::log(a.ratio() / StatedRatio)) < std::abs(std::log(b.ratio() / StatedRatio));
  });
  return {
      .value = choices.front().ratio(),
      .range = Interval{ratios.first->ratio(), ratios.second->ratio()},
      .reason = QStringLiteral("the paper does not state its mapping: %1 of them give %2x to %3x, nearest %4x by %5")
                    .arg(choices.size())
                    .arg(fourDigits(ratios.first->ratio()), fourDigits(ratios.second->ratio()),
                         fourDigits(nearest->ratio()), nearest->text())};
}

}  // namespace

std::vector<MappingChoice> widthSearch() {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  return mappingSearch(network, findVariant(network, QStringLiteral("1.0")),
                       findVariant(network, QStringLiteral("0.25")), Accelerator{}, {8, 8});
}

Checks mappingChecks() {
  Checks checks;
  checks.push_back(rows("mapping.rows.unpacked", "row operations of ResNet20, one patch a row", 208'896,
                        Dataflow::Patch, Packing::None, ""));
  checks.push_back(
      rows("mapping.rows.packed", "row operations of ResNet20, packed", 122'512, Dataflow::Patch, Packing::Any, ""));
  checks.push_back(rows("mapping.rows.tap", "row operations of ResNet20, tap", 79'488, Dataflow::Tap,
                        Packing::PowerOfTwo,
                        "theirs counts rows of the first and last line that give no result for a tap"));
  checks.push_back({.id = QStringLiteral("mapping.ratio"),
                    .name = QStringLiteral("energy of ResNet20, 1.0 over 0.25, default mapping and range of all"),
                    .theirs = StatedRatio,
                    .unit = "x",
                    .tolerance = 0.05,
                    .kind = Kind::Published,
                    .source = "dynamic-network paper: 2.7 times less energy at 0.25",
                    .compute = searchedRatio,
                    .evidence = Evidence::Simulation});
  return checks;
}

}  // namespace pimento
