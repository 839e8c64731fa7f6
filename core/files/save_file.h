// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QSaveFile>
#include <QString>

#include "core/base/error.h"

namespace pimento {

enum class Links : std::uint8_t { Followed, Replaced };  // Replaced: where others may have laid a link

// The way to write a whole file. Whatever happens on the way, `path` holds the old file (or link) or the new file,
// whole: the new one is written beside it, brought to the disk and renamed. Folders, devices and pipes are refused.
// Without commit() nothing has changed. Every function throws Error with the system's words and what helps.
class SaveFile {
 public:
  explicit SaveFile(const QString &path, Links links = Links::Followed);

  [[nodiscard]] QIODevice &device() { return m_file; }
  void write(const QByteArray &bytes);
  void bringToDisk();  // what takes its time; commit() does it too
  void commit();

 private:
  [[noreturn]] void fail(const QString &reason) const;

  QString m_path;
  QSaveFile m_file;
};

// The file that is written under a name whose links are followed: the one at the end of all of them.
[[nodiscard]] QString behindLinks(const QString &path);

// All bytes of a file at once.
void writeWhole(const QString &path, const QByteArray &bytes, Links links = Links::Followed);

// Makes a folder and those above it, unless it is there.
void makeFolder(const QString &path);

// "PATH: can not be written (REASON); remedy". `reason` is what the system says, such as QFile::errorString(); for a
// full disk, missing permissions and the like the remedy follows from it.
[[nodiscard]] Error writeError(const QString &path, const QString &reason);

// What the system said when writing to a device just failed. Qt forgets it where a part could be written (6.4).
[[nodiscard]] QString reasonOf(const QIODevice &device);

}  // namespace pimento
