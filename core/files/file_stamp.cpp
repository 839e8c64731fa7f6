// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_stamp.h"

#include <sys/stat.h>

#include <QFile>

namespace pimento {

namespace {

constexpr qint64 Second_ns = 1'000'000'000;
constexpr qint64 Millisecond_ns = 1'000'000;

}  // namespace

QDateTime FileStamp::modified() const { return QDateTime::fromMSecsSinceEpoch(modified_ns / Millisecond_ns); }

std::optional<FileStamp> stampOf(const QString &path) {
  struct stat facts {};
  if (path.isEmpty() || ::stat(QFile::encodeName(path).constData(), &facts) != 0) return std::nullopt;
  return FileStamp{qint64{facts.st_mtim.tv_sec} * Second_ns + facts.st_mtim.tv_nsec, facts.st_size};
}

}  // namespace pimento
