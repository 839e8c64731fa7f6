// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/samples.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace pimento {

QStringList sampleFolders() {
  const QDir program(QCoreApplication::applicationDirPath());
  QStringList folders;
  for (const char *folder : {"projects", "../share/pimento/projects", "../../../projects"})  // of build/PRESET/bin
    folders << QDir::cleanPath(program.filePath(QString::fromLatin1(folder)));
  return folders;
}

QString findSample(const QString &name, const QStringList &folders) {
  for (const QString &folder : folders)
    if (const QString path = QDir(folder).filePath(name); QFileInfo(path).isFile()) return path;
  return {};
}

}  // namespace pimento
