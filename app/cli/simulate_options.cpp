// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_options.h"

#include "app/cli/network_argument.h"
#include "core/base/error.h"
#include "core/hardware/device/device.h"

namespace pimento {

namespace {

constexpr std::int64_t MostImages = 1'000'000;
constexpr std::int64_t MostSimulatedChips = 1000;

std::int64_t wholeOf(const VerbParser &parser, const QString &name, std::int64_t least, std::int64_t most) {
  const QString text = parser.value(name);
  bool ok = false;
  const qint64 value = text.toLongLong(&ok);
  if (!ok || value < least || value > most)
    throw Error(parser.place(), QStringLiteral("--%1 %2").arg(name, quoted(text)),
                QStringLiteral("give a whole number from %1 to %2").arg(least).arg(most));
  return value;
}

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

Bits integerBitsOf(const VerbParser &parser) {
  const Bits bits = bitsOf(parser);
  if (bits.weights > MaxIntegerBits || bits.activations > MaxIntegerBits)
    throw Error(parser.place(), QStringLiteral("--bits %1").arg(quoted(parser.value(QStringLiteral("bits")))),
                QStringLiteral("1 to %1 bits can be simulated").arg(MaxIntegerBits));
  return bits;
}

std::int64_t imagesOf(const VerbParser &parser, std::int64_t otherwise) {
  const QString images = QStringLiteral("images");
  return parser.isSet(images) ? wholeOf(parser, images, 1, MostImages) : otherwise;
}

SimulationOptions simulationOptionsOf(const VerbParser &parser, const Accelerator &accelerator) {
  SimulationOptions options;
  options.imageSeed = static_cast<std::uint64_t>(wholeOf(parser, QStringLiteral("seed"), 0, INT64_MAX));
  options.chips = static_cast<int>(wholeOf(parser, QStringLiteral("chip-seeds"), 1, MostSimulatedChips));
  options.errors = errorsOf(parser, accelerator);
  return options;
}

}  // namespace pimento
