// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pages.h"

#include <iterator>

namespace pimento {

std::vector<NamedFigure> allFigures(const Session &session, std::span<const PageRow> rows) {
  std::vector<NamedFigure> figures;
  for (const PageRow &row : rows) {
    if (row.exports == nullptr) continue;
    std::vector<NamedFigure> own = row.exports(session);
    std::move(own.begin(), own.end(), std::back_inserter(figures));
  }
  return figures;
}

QString pageNames(std::span<const PageRow> rows) {
  QStringList names;
  for (const PageRow &row : rows) names << QString::fromLatin1(row.name);
  if (names.size() < 2) return names.join(QString());
  const QString last = names.takeLast();
  return QStringLiteral("%1 or %2").arg(names.join(QStringLiteral(", ")), last);
}

}  // namespace pimento
