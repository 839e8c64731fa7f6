// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_options.h"

#include "app/cli/network_argument.h"
#include "core/base/error.h"
#include "core/hardware/device/device.h"

namespace pimento {

namespace {

constexpr std::int64_t MostImages = 1'000'000;
constexpr std::int64_t MostSimulatedChips = 1000;

ErrorModel errorsOf(const VerbParser &parser, const Accelerator &accelerator) {
  const QString word = parser.choice(QStringLiteral("errors"), {QStringLiteral("off"), QStringLiteral("sense"),
                                                                QStringLiteral("write"), QStringLiteral("all")});
  const bool all = word == QStringLiteral("all");
  ErrorModel errors;
  errors.sense = all || word == QStringLiteral("sense");
  if (all || word == QStringLiteral("write")) errors.writeErrorRate = writeErrorRate(accelerator.device);
  return errors;
}

}  // namespace

std::int64_t imagesOf(const VerbParser &parser, std::int64_t otherwise) {
  const QString images = QStringLiteral("images");
  return parser.isSet(images) ? parser.whole(images, 1, MostImages) : otherwise;
}

SimulationOptions simulationOptionsOf(const VerbParser &parser, const Accelerator &accelerator) {
  SimulationOptions options;
  options.imageSeed = static_cast<std::uint64_t>(parser.whole(QStringLiteral("seed"), 0, INT64_MAX));
  options.chips = static_cast<int>(parser.whole(QStringLiteral("chip-seeds"), 1, MostSimulatedChips));
  options.errors = errorsOf(parser, accelerator);
  return options;
}

}  // namespace pimento
