// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/error.h"

namespace pimento {

namespace {

QString kindOf(mode_t mode) {
  if (S_ISDIR(mode)) return QStringLiteral("it is a folder");
  if (S_ISFIFO(mode)) return QStringLiteral("it is a pipe, no ordinary file");
  return QStringLiteral("it is a device, no ordinary file");
}

}  // namespace

QString openOrdinary(QFile &file) {
  if (file.fileName().startsWith(QLatin1Char(':')))
    return file.open(QIODevice::ReadOnly) ? QString() : file.errorString();
  // Not blocking: opening a pipe that nobody writes to would wait for ever.
  const int handle =
      ::open(QFile::encodeName(file.fileName()).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (handle < 0) return qt_error_string(errno);
  struct stat facts {};
  if (fstat(handle, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(handle);
    return kindOf(facts.st_mode);
  }
  if (file.open(handle, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)) return {};
  ::close(handle);
  return file.errorString();
}

OutsideFile::OutsideFile(const QString &path, qint64 maxBytes) : m_path(path), m_file(path) {
  if (const QString problem = openOrdinary(m_file); !problem.isEmpty())
    throw Error(path, QStringLiteral("can not be read"), problem);
  m_size = m_file.size();
  if (m_size > maxBytes) {
    constexpr qint64 Mega = 1 << 20;
    const QString limit =
        maxBytes < Mega ? QStringLiteral("%1 kB").arg(maxBytes >> 10) : QStringLiteral("%1 MB").arg(maxBytes >> 20);
    throw Error(path, QStringLiteral("is larger than %1").arg(limit), QStringLiteral("is it the right file?"));
  }
}

QByteArray OutsideFile::part(qint64 from, qint64 bytes) {
  m_file.seek(from);
  QByteArray content = m_file.read(bytes);
  if (content.size() != bytes)
    throw Error(m_path, QStringLiteral("can not be read"),
                QStringLiteral("%1 of %2 bytes came (%3)").arg(content.size()).arg(bytes).arg(m_file.errorString()));
  return content;
}

QByteArray OutsideFile::head(qint64 bytes) { return part(0, std::min(bytes, m_size)); }

QByteArray OutsideFile::whole() { return part(0, m_size); }

QByteArray readWhole(const QString &path, qint64 maxBytes) { return OutsideFile(path, maxBytes).whole(); }

}  // namespace pimento
