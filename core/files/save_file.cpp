// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/save_file.h"

#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <cerrno>
#include <cstdio>
#include <initializer_list>

namespace pimento {

namespace {

struct Advice {
  std::initializer_list<int> errors;
  const char *remedy;
};

QString remedyFor(const QString &reason) {
  static const Advice advice[] = {
      {{ENOSPC, EDQUOT, EFBIG}, "make room on that disk, or choose a folder on another one"},
      {{EACCES, EPERM, EROFS}, "choose a folder that you may write to"},
      {{ENOENT, ENOTDIR}, "make the folder first, or choose another"},
      {{ENAMETOOLONG}, "choose a shorter name"},
      {{EMFILE, ENFILE}, "close other files or programs, or raise the limit (ulimit -n)"},
      {{EIO}, "check that disk, or choose a folder on another one"},
  };
  for (const Advice &one : advice)
    for (const int error : one.errors)
      if (reason == qt_error_string(error)) return QString::fromLatin1(one.remedy);
  return QStringLiteral("choose another name or folder");
}

// Brings what was written to the disk. Devices that know no such thing (EINVAL, ENOTSUP) are as good as they get.
bool reachesDisk(int handle) {
  while (::fsync(handle) != 0)
    if (errno != EINTR) return errno == EINVAL || errno == ENOTSUP || errno == ENOSYS;
  return true;
}

}  // namespace

QString reasonOf(const QIODevice &device) {
  const int error = errno;
  const QString said = device.errorString();
  return error != 0 && (said.isEmpty() || said == QIODevice::tr("Unknown error")) ? qt_error_string(error) : said;
}

Error writeError(const QString &path, const QString &reason) {
  return {path, QStringLiteral("can not be written (%1)").arg(reason), remedyFor(reason)};
}

// A name beside another that nobody can lay a link under in time: QSaveFile follows links. Six letters, as its own.
static QString besides(const QString &path) {
  QString name = path + QLatin1Char('.');
  for (int i = 0; i < 6; ++i) name += QLatin1Char(static_cast<char>('A' + QRandomGenerator::system()->bounded(26)));
  return name;
}

SaveFile::SaveFile(const QString &path, Links links)
    : m_path(path), m_file(links == Links::Replaced ? besides(path) : path) {
  if (path.isEmpty()) throw Error(QStringLiteral("file"), QStringLiteral("has no name"), QStringLiteral("give it one"));
  const QFileInfo target(path);
  if (links == Links::Followed || !target.isSymLink()) {
    if (target.isDir()) throw Error(path, QStringLiteral("is a folder"), QStringLiteral("give the name of a file"));
    if (target.exists() && !target.isFile())
      throw Error(path, QStringLiteral("is no ordinary file"), QStringLiteral("save under another name"));
    if (target.exists() && !target.isWritable()) fail(qt_error_string(EACCES));
  }
  if (!m_file.open(QIODevice::WriteOnly)) fail(reasonOf(m_file));
  const bool inItsPlace = m_file.fileName() != path && target.exists() && !target.isSymLink();
  if (inItsPlace) m_file.setPermissions(target.permissions());  // as QSaveFile keeps them
}

void SaveFile::fail(const QString &reason) const { throw writeError(m_path, reason); }

void SaveFile::write(const QByteArray &bytes) {
  if (m_file.write(bytes) != bytes.size()) fail(reasonOf(m_file));
}

void SaveFile::bringToDisk() {
  // Flushed before: commit() alone overlooks that the last 16 KB, which wait in a buffer, did not fit (Qt 6.4), and
  // that the disk refused what was written.
  if (!m_file.flush()) fail(reasonOf(m_file));
  if (!reachesDisk(m_file.handle())) fail(qt_error_string(errno));
}

void SaveFile::commit() {
  bringToDisk();
  if (!m_file.commit()) fail(reasonOf(m_file));
  if (m_file.fileName() == m_path) return;
  // A rename takes the place of a link, wherever that leads.
  const QByteArray beside = QFile::encodeName(m_file.fileName());
  if (::rename(beside.constData(), QFile::encodeName(m_path).constData()) == 0) return;
  const int error = errno;
  ::unlink(beside.constData());
  fail(qt_error_string(error));
}

QString behindLinks(const QString &path) {
  QFileInfo file(path);
  for (int links = 0; file.isSymLink(); ++links) {
    if (links == 128) return path;  // they go round
    file.setFile(file.symLinkTarget());
  }
  return file.filePath();
}

void makeFolder(const QString &path) {
  errno = 0;
  if (QDir().mkpath(path)) return;
  const QString reason = qt_error_string(errno);
  throw Error(path, QStringLiteral("this folder can not be made (%1)").arg(reason), remedyFor(reason));
}

void writeWhole(const QString &path, const QByteArray &bytes, Links links) {
  SaveFile file(path, links);
  file.write(bytes);
  file.commit();
}

}  // namespace pimento
