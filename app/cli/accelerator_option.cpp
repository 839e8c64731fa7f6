// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accelerator_option.h"

#include <QFileInfo>
#include <QMap>

#include "app/cli/nvsim_option.h"
#include "core/base/error.h"
#include "core/hardware/profile/device_presets.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profiles.h"

namespace pimento {

void addAcceleratorOptions(VerbParser &parser) {
  parser.option(QStringLiteral("accelerator"),
                QStringLiteral("Profile: %1, or a .json file.").arg(builtInProfiles().join(QStringLiteral(", "))),
                QStringLiteral("PROFILE"), builtInProfiles().front());
  parser.option(
      QStringLiteral("device"),
      QStringLiteral("Memory element in place of the profile's: %1.").arg(devicePresets().join(QStringLiteral(", "))),
      QStringLiteral("PRESET"));
  parser.repeatable(QStringLiteral("set"),
                    QStringLiteral("Changes a parameter of the profile; may be repeated. pimento estimate --parameters "
                                   "lists them."),
                    QStringLiteral("KEY=VALUE"));
  addNvsimOptions(parser);
}

Accelerator profileWithDevice(const VerbParser &parser) {
  Accelerator accelerator = loadProfile(parser.value(QStringLiteral("accelerator")));
  if (!parser.isSet(QStringLiteral("device"))) return accelerator;
  const QString before = hash(accelerator);
  const QString preset = parser.value(QStringLiteral("device"));
  applyDevicePreset(accelerator, preset);
  if (hash(accelerator) != before) accelerator.name += QLatin1Char('+') + preset;
  return accelerator;
}

void setParameters(Accelerator &accelerator, const VerbParser &parser, std::span<const ParameterOption> options,
                   const QStringList &assignments) {
  QMap<QString, QString> given;  // key → the option that gave it
  const auto assign = [&](const QString &key, const QString &value, const QString &option) {
    if (const auto first = given.constFind(key); first != given.constEnd())
      throw Error(parser.place(),
                  *first == option ? QStringLiteral("%1 gives %2 twice").arg(option, key)
                                   : QStringLiteral("both %1 and %2 give %3").arg(*first, option, key),
                  QStringLiteral("give it once"));
    given.insert(key, option);
    refuseBothForms(
        requireParameter(key, parser.place()), [&](const QString &other) { return given.contains(other); },
        parser.place());
    setParameter(accelerator, key + QLatin1Char('=') + value, parser.place() + QLatin1Char(' ') + option);
  };
  for (const ParameterOption &o : options)
    if (const QString name = QString::fromLatin1(o.option); parser.isSet(name))
      assign(QString::fromLatin1(o.key), parser.value(name), QStringLiteral("--") + name);
  const QString set = QStringLiteral("--set");
  for (const QString &assignment : assignments) {
    const qsizetype equals = assignment.indexOf(QLatin1Char('='));
    if (equals < 0)
      setParameter(accelerator, assignment, parser.place() + QStringLiteral(" --set"));  // says what is wrong
    assign(assignment.left(equals), assignment.mid(equals + 1), set);
  }
}

Accelerator acceleratorFrom(const VerbParser &parser, std::span<const ParameterOption> options) {
  Accelerator accelerator = profileWithDevice(parser);
  if (const std::optional<NvsimFiles> files = nvsimFilesFrom(parser, accelerator)) {
    if (!isResistive(files->cell))
      throw Error(files->cellPath, QStringLiteral("an SRAM or DRAM has no resistances to sense and to AND"),
                  QStringLiteral("pimento array prices its reads and writes; --accelerator sram is a profile"));
    tellOfNvsim(*files, applyNvsimFiles(accelerator, *files));
    accelerator.name += QLatin1Char('+') + QFileInfo(files->cellPath).completeBaseName();
  }
  setParameters(accelerator, parser, options, parser.values(QStringLiteral("set")));
  validate(accelerator, parser.place());
  return accelerator;
}

}  // namespace pimento
