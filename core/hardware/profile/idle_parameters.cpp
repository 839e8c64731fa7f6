// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/idle_parameters.h"

#include <algorithm>

namespace pimento {

static bool reads(const WriteModelTraits &model, const Parameter &parameter) {
  return std::ranges::any_of(model.parameters,
                             [&](const char *key) { return QLatin1String(key) == QLatin1String(parameter.key); });
}

QString whyIdle(const Accelerator &accelerator, const Parameter &parameter) {
  const WriteModelTraits &own = *accelerator.device.write_model;
  if (reads(own, parameter)) return {};
  for (const WriteModel &other : writeModels())
    if (reads(*other, parameter))
      return QStringLiteral("write_model is %1: %2")
          .arg(QString::fromLatin1(own.name), QString::fromUtf8(own.idleReason));
  return {};
}

}  // namespace pimento
