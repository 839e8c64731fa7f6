// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_files.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <map>

#include "core/base/error.h"
#include "core/data/folder_layout.h"

namespace pimento {

namespace {

// The names of the files of one prefix, by their role: "train-images" … "t10k-labels".
using Roles = std::map<QString, QString>;

std::map<QString, Roles> setsIn(const QString &folder) {
  static const QRegularExpression form(
      QStringLiteral("^(.*?)(train|t10k|test)-(?:(images)[-.]idx3|(labels)[-.]idx1)-ubyte(\\.gz)?$"));
  std::map<QString, Roles> sets;
  for (const QString &file : QDir(folder).entryList(QDir::Files, QDir::Name)) {
    const auto match = form.match(file);
    if (!match.hasMatch()) continue;
    const QString part =
        match.captured(2) == QStringLiteral("train") ? QStringLiteral("train") : QStringLiteral("t10k");
    const QString role = part + QLatin1Char('-') + match.captured(3) + match.captured(4);
    sets[match.captured(1)].emplace(role, file);  // in order of names: the plain file comes before the packed one
  }
  return sets;
}

// The folder itself, else those inside that hold such files: raw, SET and SET/raw.
QStringList foldersWithFiles(const QString &folder) {
  if (!setsIn(folder).empty()) return {folder};
  QStringList found;
  const QDir dir(folder);
  const QString raw = QStringLiteral("raw");
  for (const QString &inside : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name).mid(0, 100))
    for (const QString &candidate : {dir.filePath(inside), QDir(dir.filePath(inside)).filePath(raw)})
      if (QFileInfo(candidate).isDir() && !setsIn(candidate).empty()) found << candidate;
  return found;
}

QString nameOf(const QString &prefix, const QString &folder) {
  QString name = prefix;
  while (name.endsWith(QLatin1Char('-')) || name.endsWith(QLatin1Char('_'))) name.chop(1);
  if (!name.isEmpty()) return name;
  const QString whole = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
  return folderName(folderName(whole) == QStringLiteral("raw") ? QFileInfo(whole).path() : whole);
}

}  // namespace

bool hasIdxFiles(const QString &folder) { return !foldersWithFiles(folder).isEmpty(); }

IdxFiles findIdxFiles(const QString &folder) {
  const QStringList folders = foldersWithFiles(folder);
  if (folders.size() != 1)
    throw Error(folder,
                folders.isEmpty() ? QStringLiteral("holds no files of MNIST's format")
                                  : QStringLiteral("holds several sets: %1").arg(folders.join(QStringLiteral(", "))),
                QStringLiteral("give the folder with the four files of one set"));
  const auto sets = setsIn(folders.front());
  if (sets.size() != 1) {
    QStringList names;
    for (const auto &[prefix, roles] : sets) names << nameOf(prefix, folders.front());
    throw Error(folders.front(),
                QStringLiteral("holds the files of several sets: %1").arg(names.join(QStringLiteral(", "))),
                QStringLiteral("put those of one set into a folder of its own"));
  }
  const QString &prefix = sets.begin()->first;
  const auto &roles = sets.begin()->second;
  const auto file = [&](const QString &role) {
    if (const auto found = roles.find(role); found != roles.end()) return QDir(folders.front()).filePath(found->second);
    const QString name =
        prefix + role +
        (role.endsWith(QStringLiteral("images")) ? QStringLiteral("-idx3-ubyte") : QStringLiteral("-idx1-ubyte"));
    QStringList there;
    for (const auto &[other, path] : roles) there << path;
    throw Error(folders.front(), QStringLiteral("%1 (or %1.gz) is missing").arg(name),
                QStringLiteral("the folder must hold the four files of MNIST's format; it has %1")
                    .arg(there.join(QStringLiteral(", "))));
  };
  return {folders.front(),
          nameOf(prefix, folders.front()),
          file(QStringLiteral("train-images")),
          file(QStringLiteral("train-labels")),
          file(QStringLiteral("t10k-images")),
          file(QStringLiteral("t10k-labels"))};
}

}  // namespace pimento
