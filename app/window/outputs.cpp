// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/outputs.h"

#include <QFileInfo>
#include <QSaveFile>

#include "core/base/error.h"

namespace pimento {

namespace {

struct Ending {
  const char *suffix;
  TableFormat format;
};

constexpr Ending Endings[] = {{"csv", TableFormat::Csv},
                              {"md", TableFormat::Markdown},
                              {"tex", TableFormat::Latex},
                              {"html", TableFormat::Html},
                              {"json", TableFormat::Json}};

}  // namespace

TableFormat tableFormatOf(const QString &path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  QStringList known;
  for (const Ending &ending : Endings) {
    known << QString::fromLatin1(ending.suffix);
    if (suffix == known.back()) return ending.format;
  }
  throw Error(path, QStringLiteral("unknown ending %1").arg(quoted(suffix)), knownWords(suffix, known));
}

void writeWhole(const QByteArray &bytes, const QString &path) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush() || !file.commit())
    throw Error(path, file.errorString(), QStringLiteral("check the folder and its permissions"));
}

}  // namespace pimento
