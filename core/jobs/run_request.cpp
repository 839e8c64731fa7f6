// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_request.h"

#include <QDir>
#include <QFile>

#include "core/base/error.h"
#include "core/files/save_file.h"
#include "core/jobs/run_lock.h"

namespace pimento {

namespace {

QString requestFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("stop.request")); }

}  // namespace

void askToStop(const QString &directory) {
  if (!runOwner(directory))
    throw Error(directory, QStringLiteral("no worker is at it"), QStringLiteral("there is nothing to stop"));
  QFile file(requestFile(directory));
  if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && !file.exists())
    throw writeError(file.fileName(), file.errorString());
}

bool takeStopRequest(const QString &directory) {
  return stopRequestWaits(directory) && QFile::remove(requestFile(directory));
}

bool stopRequestWaits(const QString &directory) { return QFile::exists(requestFile(directory)); }

}  // namespace pimento
