// SPDX-License-Identifier: GPL-3.0-or-later
// Published memories, macros and devices beside what the physical model says of them blind.
#include <limits>

#include "core/hardware/silicon/chip_file.h"
#include "core/hardware/silicon/prediction.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

constexpr double ChipTolerance = 0.3;  // stated in advance, for every chip alike

std::optional<Interval> rangeOf(const Measurement &figure) {
  if (figure.isValue()) return std::nullopt;
  return Interval{figure.low.value_or(0), figure.high.value_or(std::numeric_limits<double>::infinity())};
}

QString precisionOf(const Measurement &figure) {
  const ChipQuantityTraits &t = traits(figure.quantity);
  if (t.topic != ChipTopic::Computing) return {};
  QString text;
  if (figure.bits_in > 0 && figure.bits_weight > 0)
    text = QStringLiteral(", %1:%2 bits").arg(figure.bits_weight).arg(figure.bits_in);
  else if (t.needsBits)
    text = QStringLiteral(", bits not stated");
  if (figure.bits_out > 0) text += QStringLiteral(", %1 bits out").arg(figure.bits_out);
  if (figure.sparsity_pct) text += QStringLiteral(", %1 % zeros").arg(*figure.sparsity_pct);
  return text;
}

QString temperatureOf(const Measurement &figure) {
  return figure.temperature_k ? QStringLiteral(", %1 K").arg(*figure.temperature_k) : QString();
}

QString scopeOf(const PublishedChip &chip) {
  static constexpr const char *Names[] = {"macro", "chip", "array", "device"};
  return QString::fromLatin1(Names[static_cast<std::size_t>(chip.scope)]);
}

Check checkOf(const PublishedChip &chip, const Measurement &figure, std::size_t index) {
  const ChipQuantityTraits &t = traits(figure.quantity);
  const bool measured = chip.evidence == ChipEvidence::Measured;
  Check check{.id = QStringLiteral("silicon.%1.%2").arg(chip.name, QLatin1String(t.key)),
              .name = QStringLiteral("%1: %2%3%4")
                          .arg(chip.title, QString::fromUtf8(t.title), precisionOf(figure), temperatureOf(figure)),
              .theirs = figure.middle(),
              .unit = t.unit,
              .tolerance = ChipTolerance,
              .kind = Kind::Published,
              .compute =
                  [chip, figure](const std::stop_token &) {
                    return Ours{predict(chip, figure).value_or(std::numeric_limits<double>::quiet_NaN())};
                  },
              .evidence = measured ? Evidence::Silicon : Evidence::Simulation,
              .theirsRange = rangeOf(figure),
              .sourceText = QStringLiteral("%1 %2: %3; %4")
                                .arg(measured ? QStringLiteral("measured") : QStringLiteral("simulated"), scopeOf(chip),
                                     chip.source, figure.source),
              .conditions = conditionsOf(chip, figure),
              .whyNotScored = whyUnscored(figure)};
  check.reasonText = figure.beyond_model.isEmpty()
                         ? QStringLiteral("its circuit is not described where the figure is")
                         : QStringLiteral("theirs has what the model has not: %1").arg(figure.beyond_model);
  if (index > 0) check.id += QStringLiteral(".%1").arg(index + 1);
  return check;
}

Checks checksOf(ChipTopic topic) {
  Checks checks;
  for (const PublishedChip &chip : publishedChips()) {
    std::array<std::size_t, ChipQuantityCount> seen{};
    for (const Measurement &figure : chip.measurements) {
      const std::size_t index = seen[static_cast<std::size_t>(figure.quantity)]++;
      if (traits(figure.quantity).topic == topic) checks.push_back(checkOf(chip, figure, index));
    }
  }
  return checks;
}

}  // namespace

Checks memoryChecks() { return checksOf(ChipTopic::Memory); }
Checks computingChecks() { return checksOf(ChipTopic::Computing); }
Checks publishedDeviceChecks() { return checksOf(ChipTopic::Device); }

}  // namespace pimento
