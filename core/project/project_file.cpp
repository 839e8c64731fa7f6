// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_file.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include "core/base/error.h"
#include "core/project/archive.h"
#include "core/project/project_json.h"

namespace pimento {

namespace {

constexpr qint64 MaxFile = qint64{2} << 30;

Project readProject(QIODevice &device, const QString &place) {
  if (device.size() > MaxFile) throw Error(place, QStringLiteral("larger than %1 MB").arg(MaxFile >> 20));
  if (device.size() == 0) throw Error(place, QStringLiteral("is empty"), QStringLiteral("choose a .pimento file"));
  if (!device.peek(2).startsWith("PK"))
    throw Error(place, QStringLiteral("is no Pimento project: it is no zip archive"),
                QStringLiteral("choose a .pimento file"));
  return projectFromEntries(readArchive(device, place), place);
}

}  // namespace

void saveProject(const Project &project, const QString &path) {
  const QFileInfo target(path);
  if (target.isDir()) throw Error(path, QStringLiteral("is a folder"), QStringLiteral("give the name of a file"));
  if (target.exists() && !target.isFile())
    throw Error(path, QStringLiteral("is no ordinary file"), QStringLiteral("save under another name"));
  const std::vector<ArchiveEntry> entries = projectEntries(project);
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly))
    throw Error(path, QStringLiteral("can not be written (%1)").arg(file.errorString()),
                QStringLiteral("save under another name or in another folder"));
  writeArchive(file, entries, path);
  if (!file.flush() || !file.commit())
    throw Error(path, QStringLiteral("can not be written (%1)").arg(file.errorString()),
                QStringLiteral("the file is as it was; save under another name or in another folder"));
}

Project openProject(const QString &path) {
  const QFileInfo info(path);
  if (!info.exists()) throw Error(path, QStringLiteral("there is no such file"));
  if (!info.isFile()) throw Error(path, QStringLiteral("is no file"), QStringLiteral("choose a .pimento file"));
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    throw Error(path, QStringLiteral("can not be read (%1)").arg(file.errorString()));
  return readProject(file, path);
}

QByteArray projectBytes(const Project &project) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  writeArchive(buffer, projectEntries(project), QStringLiteral("project"));
  return bytes;
}

Project openProject(const QByteArray &file, const QString &place) {
  QBuffer buffer;
  buffer.setData(file);
  buffer.open(QIODevice::ReadOnly);
  return readProject(buffer, place);
}

}  // namespace pimento
