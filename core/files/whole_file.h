// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QFile>
#include <QString>

namespace pimento {

// A file that may come from anybody, open for reading: an ordinary one of at most `maxBytes`. Its kind and size are
// looked at before anything is read, so that no pipe is waited for and no device is read without an end. Names that
// begin with ":/" are those of built-in resources. Throws Error naming the file, what is wrong with it and the limit.
class OutsideFile {
 public:
  OutsideFile(const QString &path, qint64 maxBytes);

  [[nodiscard]] qint64 size() const { return m_size; }
  [[nodiscard]] QByteArray head(qint64 bytes);  // the first bytes, fewer if it is shorter: a header before its body
  [[nodiscard]] QByteArray whole();             // as many bytes as it had when it was opened
  [[nodiscard]] QByteArray part(qint64 from, qint64 bytes);  // Error if it has become shorter
  [[nodiscard]] QFile &device() { return m_file; }

 private:
  QString m_path;
  QFile m_file;
  qint64 m_size = 0;
};

// A whole file; every reader of outside data reads by this or OutsideFile.
[[nodiscard]] QByteArray readWhole(const QString &path, qint64 maxBytes);

// Opens the file of this name for reading if it is an ordinary one, for readers that go through it piece by piece:
// empty, or what is wrong with it.
[[nodiscard]] QString openOrdinary(QFile &file);

}  // namespace pimento
