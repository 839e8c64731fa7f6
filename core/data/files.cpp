// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/files.h"

#include <QFile>

#include "core/base/error.h"

namespace pimento {

QByteArray readWhole(const QString &path, qsizetype maxBytes) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) throw Error(path, QStringLiteral("can not be read"), file.errorString());
  const QByteArray bytes = file.read(maxBytes + 1);
  if (bytes.size() > maxBytes)
    throw Error(path, QStringLiteral("is larger than %1 MB").arg(maxBytes >> 20),
                QStringLiteral("is it the right file?"));
  return bytes;
}

}  // namespace pimento
