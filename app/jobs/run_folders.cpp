// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/run_folders.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace pimento {

namespace {

QString usersFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/pimento/runs");
}

QString folderOf(const QString &project) {
  const QFileInfo file(project);
  return file.absoluteDir().filePath(file.completeBaseName() + QStringLiteral(".runs"));
}

}  // namespace

QString newRunsFolder(const QString &project) {
  const bool beside = !project.isEmpty() && QFileInfo(QFileInfo(project).absolutePath()).isWritable();
  return beside ? folderOf(project) : usersFolder();
}

QStringList runsFolders(const QString &project) {
  QStringList folders{usersFolder()};
  if (!project.isEmpty()) folders << folderOf(project);
  return folders;
}

QString runName(const Job &job) {
  static const QRegularExpression odd(QStringLiteral("[^A-Za-z0-9._-]+"));
  static const QRegularExpression ends(QStringLiteral("^[.-]+|-+$"));
  if (QString given = job.name; !given.replace(odd, QStringLiteral("-")).remove(ends).isEmpty()) return given.left(80);
  QString name = QStringLiteral("%1-%2").arg(job.network.name, job.recipe.name);
  return name.replace(odd, QStringLiteral("-")).left(80);
}

QString runTitle(const Job &job) {
  if (!job.name.isEmpty()) return job.name;
  const QString &network = job.network.title.isEmpty() ? job.network.name : job.network.title;
  return QStringLiteral("%1, %2").arg(network, job.recipe.name);
}

}  // namespace pimento
