// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journal.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include "core/base/error.h"
#include "core/project/project_file.h"

namespace pimento {

namespace {

const QString Suffix = QStringLiteral(".journal");
const QString Untitled = QStringLiteral("untitled-");

QString folderOr(const QString &folder) {
  return folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) : folder;
}

// Whether the process is another run of this program. Where the system does not say, it is taken for ended.
bool runs(const QString &pid) {
  const auto program = [](const QString &id) {
    QFile name(QStringLiteral("/proc/%1/comm").arg(id));
    return name.open(QIODevice::ReadOnly) ? name.readAll() : QByteArray();
  };
  const QByteArray other = program(pid);
  return !other.isEmpty() && other == program(QStringLiteral("self"));
}

std::optional<Journal> newestUntitled(const QString &folder) {
  const QFileInfoList files =
      QDir(folder).entryInfoList({Untitled + QLatin1Char('*') + Suffix}, QDir::Files, QDir::Time);
  for (const QFileInfo &file : files) {
    const QString pid = file.fileName().mid(Untitled.size()).chopped(Suffix.size());
    if (!runs(pid)) return Journal{file.filePath(), file.lastModified()};
  }
  return std::nullopt;
}

}  // namespace

QString journalPath(const QString &projectPath, const QString &folder) {
  if (!projectPath.isEmpty()) return projectPath + Suffix;
  return QStringLiteral("%1/%2%3%4")
      .arg(folderOr(folder), Untitled)
      .arg(QCoreApplication::applicationPid())
      .arg(Suffix);
}

void writeJournal(const Project &project, const QString &path) {
  const QString folder = QFileInfo(path).path();
  if (!QDir().mkpath(folder)) throw Error(folder, QStringLiteral("this folder can not be made"));
  saveProject(project, path);
}

std::optional<Journal> findJournal(const QString &projectPath, const QString &folder) {
  if (projectPath.isEmpty()) return newestUntitled(folderOr(folder));
  const QFileInfo journal(journalPath(projectPath));
  const QFileInfo project(projectPath);
  if (!journal.isFile() || (project.exists() && journal.lastModified() <= project.lastModified())) return std::nullopt;
  return Journal{journal.filePath(), journal.lastModified()};
}

void removeJournal(const QString &path) { QFile::remove(path); }

}  // namespace pimento
