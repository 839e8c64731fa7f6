// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accelerator_option.h"

#include "core/hardware/device_presets.h"
#include "core/hardware/parameters.h"
#include "core/hardware/profiles.h"

namespace pimento {

void addAcceleratorOptions(VerbParser &parser) {
  parser.option(QStringLiteral("accelerator"),
                QStringLiteral("Profile: %1, or a .json file.").arg(builtInProfiles().join(QStringLiteral(", "))),
                QStringLiteral("PROFILE"), builtInProfiles().front());
  parser.option(
      QStringLiteral("device"),
      QStringLiteral("Memory element in place of the profile's: %1.").arg(devicePresets().join(QStringLiteral(", "))),
      QStringLiteral("PRESET"));
  parser.option(QStringLiteral("set"), QStringLiteral("Changes a parameter of the profile; may be repeated."),
                QStringLiteral("KEY=VALUE"));
}

Accelerator acceleratorOf(const VerbParser &parser) {
  const QString place = parser.place() + QStringLiteral(" --set");
  Accelerator accelerator = loadProfile(parser.value(QStringLiteral("accelerator")));
  if (parser.isSet(QStringLiteral("device"))) applyDevicePreset(accelerator, parser.value(QStringLiteral("device")));
  for (const QString &assignment : parser.values(QStringLiteral("set"))) setParameter(accelerator, assignment, place);
  validate(accelerator, parser.place());
  return accelerator;
}

}  // namespace pimento
