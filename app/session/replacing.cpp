// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/replacing.h"

#include <QFileInfo>
#include <QLocale>

namespace pimento {

QString spokenTime(const QDateTime &time) {
  return QLocale::c().toString(time, QStringLiteral("d MMMM yyyy, hh:mm:ss"));
}

QString replaceQuestion(const QString &path, const FileStamp &there, const std::optional<QDateTime> &ours) {
  const QString name = QFileInfo(path).fileName();
  const QString changed = spokenTime(there.modified());
  if (!ours)
    return QStringLiteral("%1 exists already. It was last changed on %2, not by this window. Replace it?")
        .arg(name, changed);
  return QStringLiteral("%1 was last changed on %2; this window read or wrote it on %3. Replace what is there now?")
      .arg(name, changed, spokenTime(*ours));
}

std::optional<QDateTime> timeOf(const Exported &exported, const QString &path) {
  const auto found = exported.find(QFileInfo(path).absoluteFilePath());
  return found == exported.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace pimento
