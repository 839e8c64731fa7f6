// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/outputs.h"

#include <QFileInfo>

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

}  // namespace pimento
