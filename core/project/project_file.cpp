// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_file.h"

#include <QBuffer>
#include <QFileInfo>

#include "core/base/error.h"
#include "core/files/archive.h"
#include "core/files/save_file.h"
#include "core/files/whole_file.h"
#include "core/project/project_json.h"

namespace pimento {

namespace {

constexpr qint64 MaxFile = qint64{2} << 30;

Project readProject(QIODevice &device, const QString &place, const Watch &watch) {
  if (device.size() > MaxFile) throw Error(place, QStringLiteral("larger than %1 MB").arg(MaxFile >> 20));
  if (device.size() == 0) throw Error(place, QStringLiteral("is empty"), QStringLiteral("choose a .pimento file"));
  if (!device.peek(2).startsWith("PK"))
    throw Error(place, QStringLiteral("is no Pimento project: it is no zip archive"),
                QStringLiteral("choose a .pimento file"));
  constexpr double Unpacked = 0.4;  // of the work
  return projectFromEntries(readArchive(device, place, {}, watch.part(0, Unpacked)), place, watch.part(Unpacked, 1));
}

}  // namespace

void saveProject(const Project &project, const QString &path) {
  const std::vector<ArchiveEntry> entries = projectEntries(project);
  SaveFile file(path);
  writeArchive(file.device(), entries, path);
  file.commit();
}

Project openProject(const QString &path, const Watch &watch) {
  const QFileInfo info(path);
  if (!info.exists()) throw Error(path, QStringLiteral("there is no such file"));
  if (!info.isFile()) throw Error(path, QStringLiteral("is no file"), QStringLiteral("choose a .pimento file"));
  return readProject(OutsideFile(path, MaxFile).device(), path, watch);
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
  return readProject(buffer, place, {});
}

}  // namespace pimento
