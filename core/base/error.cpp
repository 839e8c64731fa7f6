// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <QStringList>
#include <algorithm>
#include <numeric>
#include <vector>

#include "core/base/likely_word.h"
#include "core/base/visible.h"

namespace pimento {

Error::Error(const QString &place, const QString &problem, const QString &remedy)
    : m_message(place.isEmpty() ? problem : place + QStringLiteral(": ") + problem) {
  if (!remedy.isEmpty()) m_message += QStringLiteral("; ") + remedy;
  // In one line, whatever the names of files hold.
  m_message = visible(m_message.replace(QLatin1Char('\n'), QLatin1Char(' ')));
  m_utf8 = m_message.toStdString();
}

QString quoted(const QString &value) {
  QString clean;
  for (const QChar c : value) {
    if (clean.size() == 60) return QLatin1Char('"') + clean + QStringLiteral("…\"");
    if (c.isPrint()) clean += c;
  }
  return QLatin1Char('"') + clean + QLatin1Char('"');
}

// Levenshtein distance, case ignored.
static qsizetype distance(const QString &a, const QString &b) {
  std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
  std::iota(row.begin(), row.end(), 0);
  for (qsizetype i = 0; i < a.size(); ++i) {
    qsizetype diagonal = row[0]++;
    for (qsizetype j = 0; j < b.size(); ++j) {
      const auto k = static_cast<std::size_t>(j);
      const qsizetype change = diagonal + (a[i].toLower() == b[j].toLower() ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({row[k] + 1, row[k + 1] + 1, change});
    }
  }
  return row.back();
}

QString likelyWord(const QString &given, const QStringList &known) {
  const QString best = *std::min_element(known.begin(), known.end(), [&](const QString &a, const QString &b) {
    return distance(given, a) < distance(given, b);
  });
  const qsizetype most = given.size() <= 3 ? 1 : std::max<qsizetype>(2, given.size() / 3);
  const qsizetype off = distance(given, best);
  if (off <= most && off < std::max(given.size(), best.size())) return best;  // never another word altogether
  const auto longer = std::find_if(known.begin(), known.end(), [&](const QString &word) {
    return given.size() >= 3 && word.startsWith(given, Qt::CaseInsensitive);
  });
  return longer == known.end() ? QString() : *longer;
}

QString knownWords(const QString &given, const QStringList &known) {
  constexpr qsizetype Most = 12;
  QString remedy;
  if (given.size() <= 60 && !known.isEmpty())
    if (const QString likely = likelyWord(given, known); !likely.isEmpty())
      remedy = QStringLiteral("did you mean \"%1\"? ").arg(likely);
  remedy += QStringLiteral("known: ") + known.mid(0, Most).join(QStringLiteral(", "));
  return known.size() <= Most ? remedy : remedy + QStringLiteral(", … (%1 in all; see --help)").arg(known.size());
}

}  // namespace pimento
