// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/estimate/mapping_ratios.h"
#include "core/network/families/families.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

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

// The paper's ratio between the widths, by each way of laying out the narrow one. None is tuned to it.
void addRatios(Checks &checks) {
  constexpr double Stated = 2.7;
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto ratios = mappingRatios(network, findVariant(network, QStringLiteral("1.0")),
                                    findVariant(network, QStringLiteral("0.25")), Accelerator{}, {8, 8});
  for (const MappingRatio &option : ratios)
    checks.push_back(
        {.id = QStringLiteral("mapping.ratio.%1").arg(QLatin1String(option.id)),
         .name = QStringLiteral("energy of ResNet20, 1.0 over 0.25: %1").arg(QLatin1String(option.what)),
         .theirs = Stated,
         .unit = "x",
         .tolerance = 0.05,
         .kind = Kind::Published,
         .source = "dynamic-network paper: 2.7 times less energy at 0.25",
         .compute = [ratio = option.ratio()](const std::stop_token &) { return Ours{ratio}; },
         .reason = "2.7 needs a large cost that does not depend on the width, which the paper does not name"});
}

}  // namespace

Checks mappingChecks() {
  Checks checks;
  checks.push_back(rows("mapping.rows.unpacked", "row operations of ResNet20, one patch a row", 208'896,
                        Dataflow::Patch, Packing::None, ""));
  checks.push_back(
      rows("mapping.rows.packed", "row operations of ResNet20, packed", 122'512, Dataflow::Patch, Packing::Any, ""));
  checks.push_back(rows("mapping.rows.tap", "row operations of ResNet20, tap", 79'488, Dataflow::Tap,
                        Packing::PowerOfTwo,
                        "theirs counts rows of the first and last line that give no result for a tap"));
  addRatios(checks);
  return checks;
}

}  // namespace pimento
