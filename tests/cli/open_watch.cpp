// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/open_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <array>

namespace pimento::test {

OpenWatch::OpenWatch(const QStringList &folders) : m_handle(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  for (const QString &folder : folders) {
    const int id = inotify_add_watch(m_handle, QFile::encodeName(folder).constData(), IN_OPEN);
    if (id < 0) qFatal("can not watch %s", qPrintable(folder));
    m_folders[id] = folder;
  }
}

OpenWatch::~OpenWatch() { close(m_handle); }

QStringList OpenWatch::opened() {
  QStringList files;
  alignas(inotify_event) std::array<char, 65536> buffer;
  for (ssize_t size = read(m_handle, buffer.data(), buffer.size()); size > 0;
       size = read(m_handle, buffer.data(), buffer.size())) {
    for (const char *at = buffer.data(); at < buffer.data() + size;) {
      const auto *event = reinterpret_cast<const inotify_event *>(at);
      at += sizeof(inotify_event) + event->len;
      if (event->len == 0 || (event->mask & IN_ISDIR) != 0) continue;
      const QString file = QDir(m_folders[event->wd]).filePath(QFile::decodeName(event->name));
      if (!files.contains(file)) files << file;
    }
  }
  return files;
}

}  // namespace pimento::test
