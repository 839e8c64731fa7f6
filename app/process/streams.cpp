// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/streams.h"

#include <unistd.h>

#include <QStringList>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/visible.h"

namespace pimento {

static void put(std::FILE *file, const QString &text) {
  const QByteArray bytes = text.toUtf8();
  const auto size = static_cast<std::size_t>(bytes.size());
  if (std::fwrite(bytes.constData(), 1, size, file) != size || std::fflush(file) != 0)
    throw Error(QStringLiteral("standard output"), QStringLiteral("can not be written"));
}

// Files and pipes get texts as they are.
void printOut(const QString &text) { put(stdout, isatty(STDOUT_FILENO) != 0 ? visible(text) : text); }

// The program's own way to write a line of progress again stays: back to its beginning, and what is left erased.
void printError(const QString &text) {
  const QString erase = QStringLiteral("\033[K");
  const bool again = text.startsWith(QLatin1Char('\r'));
  QStringList parts = (again ? text.mid(1) : text).split(erase);
  for (QString &part : parts) part = visible(part);
  put(stderr, (again ? QStringLiteral("\r") : QString()) + parts.join(erase));
}

}  // namespace pimento
