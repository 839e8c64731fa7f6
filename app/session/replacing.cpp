// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/replacing.h"

#include <QFileInfo>
#include <QLocale>

namespace pimento {

QString spokenTime(const QDateTime &time) {
  return QLocale::c().toString(time, QStringLiteral("d MMMM yyyy, hh:mm:ss"));
}

QString knownText(const Known &known) {
  const QString text = known.how == Known::How::Restored
                           ? QStringLiteral("the restored work is of the file as it was on %1")
                           : QStringLiteral("this window read or wrote it on %1");
  return text.arg(spokenTime(known.time));
}

QString replaceQuestion(const QString &path, const FileStamp &there, const std::optional<Known> &ours) {
  const QString name = QFileInfo(path).fileName();
  const QString changed = spokenTime(there.modified());
  if (!ours)
    return QStringLiteral("%1 exists already. It was last changed on %2, not by this window. Replace it?")
        .arg(name, changed);
  return QStringLiteral("%1 was last changed on %2; %3. Replace what is there now?")
      .arg(name, changed, knownText(*ours));
}

std::optional<Known> knownOf(const Exported &exported, const QString &path) {
  const auto found = exported.find(QFileInfo(path).absoluteFilePath());
  return found == exported.end() ? std::nullopt : std::optional(Known{found->second});
}

}  // namespace pimento
