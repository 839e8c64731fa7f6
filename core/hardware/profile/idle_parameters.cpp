// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/idle_parameters.h"

#include <algorithm>
#include <span>

#include "core/hardware/device/temperature.h"

namespace pimento {

static bool contains(std::span<const char *const> keys, const Parameter &parameter) {
  return std::ranges::any_of(keys, [&](const char *key) { return QLatin1String(key) == QLatin1String(parameter.key); });
}

QString whyIdle(const Accelerator &accelerator, const Parameter &parameter) {
  if (QLatin1String(parameter.key) == QLatin1String("curie_temperature_k") &&
      accelerator.device.temperature_k == MagneticReference_k)
    return QStringLiteral("temperature_k is 300, where Ms, Ki and TMR are given");
  // What the junction's area is from, by which RA gives its resistance.
  static constexpr const char *OfTheArea[] = {"free_layer_length_nm", "free_layer_width_nm"};
  const WriteModelTraits &own = *accelerator.device.write_model;
  if (QLatin1String(parameter.key) == QLatin1String("field_like_ratio") && own.freeLayer)
    return QStringLiteral("estimates leave it out; the equation of motion (pimento device --switching) follows it");
  if (QLatin1String(parameter.key) == QLatin1String("stt_polarisation") && accelerator.device.stt_assist_ua == 0)
    return QStringLiteral("stt_assist_ua is 0");
  if (contains(own.parameters, parameter)) return {};
  if (accelerator.sensing.ra_ohm_um2 > 0 && contains(OfTheArea, parameter)) return {};
  for (const WriteModel &other : writeModels())
    if (contains(other->parameters, parameter))
      return QStringLiteral("write_model is %1: %2")
          .arg(QString::fromLatin1(own.name), QString::fromUtf8(own.idleReason));
  return {};
}

}  // namespace pimento
