// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/run_cache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/project/training_run.h"

namespace pimento {

namespace {

constexpr qsizetype MostKept = 8;

QString cacheFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/pimento/runs");
}

// By content: a run that was trained again under the same name is another one.
QString folderName(const TrainingRun &run) {
  const RunEntries entries = runEntries(run);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(entries.definition);
  hash.addData(entries.weights);
  return QString::fromLatin1(hash.result().toHex().left(24));
}

void dropOldest(const QString &folder, const QString &kept) {
  const QFileInfoList all = QDir(folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time);
  for (qsizetype i = MostKept; i < all.size(); ++i)
    if (all[i].absoluteFilePath() != kept) QDir(all[i].absoluteFilePath()).removeRecursively();
}

}  // namespace

// Made elsewhere and renamed: what stands under its name is whole, whoever else makes it at the same time.
QString cachedRun(const TrainingRun &run) {
  const QString folder = cacheFolder();
  const QString wanted = QDir(folder).filePath(folderName(run));
  if (QFileInfo::exists(wanted)) return wanted;
  if (!QDir().mkpath(folder))
    throw Error(folder, QStringLiteral("can not be made"), QStringLiteral("check the permissions of the cache"));
  QTemporaryDir fresh(folder + QStringLiteral("/.new-XXXXXX"));
  if (!fresh.isValid()) throw Error(folder, QStringLiteral("can not be written (%1)").arg(fresh.errorString()));
  const QString made = fresh.filePath(QStringLiteral("run"));
  exportRun(run, made);
  if (!QDir().rename(made, wanted) && !QFileInfo::exists(wanted))
    throw Error(wanted, QStringLiteral("can not be written"), QStringLiteral("check the permissions of the cache"));
  dropOldest(folder, wanted);
  return wanted;
}

}  // namespace pimento
