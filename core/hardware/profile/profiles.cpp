// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/profiles.h"

#include "core/base/error.h"
#include "core/files/whole_file.h"
#include "core/hardware/profile/profile_json.h"

namespace pimento {

namespace {

constexpr qint64 MaxProfileBytes = 1 << 20;

Accelerator readFile(const QString &path, const QString &place) {
  return readProfile(readWhole(path, MaxProfileBytes), place);
}

}  // namespace

QStringList builtInProfiles() {
  return {QStringLiteral("sot-mram"), QStringLiteral("sot-mram-nvsim"), QStringLiteral("stt-mram"),
          QStringLiteral("reram"),    QStringLiteral("sram"),           QStringLiteral("sot-mram-calibrated")};
}

Accelerator builtInProfile(const QString &name) {
  if (!builtInProfiles().contains(name))
    throw Error(QStringLiteral("accelerator"), QStringLiteral("unknown profile %1").arg(quoted(name)),
                knownWords(name, builtInProfiles()) + QStringLiteral(", or a .json file"));
  return readFile(QStringLiteral(":/profiles/%1.json").arg(name), QStringLiteral("profile %1").arg(name));
}

Accelerator loadProfile(const QString &nameOrFile) {
  if (nameOrFile.endsWith(QStringLiteral(".json")) || nameOrFile.contains(QLatin1Char('/')))
    return readFile(nameOrFile, nameOrFile);
  return builtInProfile(nameOrFile);
}

}  // namespace pimento
