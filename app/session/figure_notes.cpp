// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/figure_notes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/warning_level.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

constexpr qsizetype MostNoted = 4;

// "a, b and c"; of many the first, and how many more.
QString inWords(QStringList names) {
  names.removeDuplicates();
  if (names.size() > MostNoted) {
    const qsizetype more = names.size() - MostNoted;
    return QStringLiteral("%1 and %2 more").arg(names.mid(0, MostNoted).join(QStringLiteral(", "))).arg(more);
  }
  if (names.size() < 2) return names.join(QString());
  const QString last = names.takeLast();
  return names.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last;
}

class Notes {
 public:
  Notes(const DesignTable &table, std::span<const std::uint32_t> rows, std::span<const Metric> metrics)
      : m_table(table), m_rows(rows), m_metrics(metrics) {}

  [[nodiscard]] QStringList make() const { return kinds() + corrections() + validities() + profiles(); }

 private:
  // Markers have the weakest kind of two values: this says those of each.
  [[nodiscard]] QStringList kinds() const {
    QStringList texts;
    for (const Metric metric : m_metrics) {
      std::set<Kind> found;
      for (const std::uint32_t row : m_rows)
        if (const auto kind = m_table.kind(row, metric)) found.insert(*kind);
      QStringList names;
      for (const Kind kind : found) names << kindName(kind);
      if (!names.isEmpty())
        texts << QStringLiteral("%1: %2").arg(metricTitle(metric), names.join(QStringLiteral(" or ")));
    }
    texts.removeDuplicates();
    return texts.isEmpty() ? QStringList() : QStringList(texts.join(QStringLiteral("; ")) + QLatin1Char('.'));
  }

  // "† corrected, not as printed: 2241 µs in place of …"
  [[nodiscard]] QStringList corrections() const {
    QStringList texts;
    for (const std::uint32_t row : m_rows)
      for (const Metric metric : m_metrics)
        if (const auto value = m_table.at(row, metric); value && value->from->corrected)
          for (const QString &warning : value->from->warnings)
            if (const QString text = withoutLevel(warning); text.contains(QStringLiteral("] corrected: ")))
              texts << text.section(QStringLiteral("] corrected: "), 1);
    texts.removeDuplicates();
    for (QString &text : texts) text = QStringLiteral("%1 %2: %3").arg(CorrectedMark, CorrectedMeans, asSentence(text));
    return texts;
  }

  [[nodiscard]] QStringList validities() const {
    QStringList reasons;
    std::map<QString, QStringList> names;
    for (const std::uint32_t row : m_rows) {
      const QString note = validityNote(m_table, row);
      if (note.isEmpty()) continue;
      if (!reasons.contains(note)) reasons << note;
      names[note] << designName(m_table, row);
    }
    QStringList texts;
    for (const QString &reason : reasons) texts << QStringLiteral("%1 (%2)").arg(reason, inWords(names[reason]));
    return texts;
  }

  [[nodiscard]] QStringList profiles() const {
    QStringList names;
    std::set<std::pair<NameId, NameId>> known;
    for (const std::uint32_t row : m_rows) {
      const DesignKey &key = m_table.key(row);
      if (key.profileHash == 0 || !known.insert({key.platform, key.profileHash}).second) continue;
      const QString &hash = m_table.name(key.profileHash);
      names << QStringLiteral("%1 (hash %2)").arg(profileTitle(m_table.name(key.platform), hash), hash);
    }
    return names.isEmpty() ? names : QStringList(QStringLiteral("Estimated for profile %1.").arg(inWords(names)));
  }

  const DesignTable &m_table;
  std::span<const std::uint32_t> m_rows;
  std::span<const Metric> m_metrics;
};

}  // namespace

QStringList designNotes(const DesignTable &table, std::span<const std::uint32_t> rows,
                        std::span<const Metric> metrics) {
  return Notes(table, rows, metrics).make();
}

QStringList designNotes(const Session &session, const Plane &plane) {
  std::vector<std::uint32_t> drawn;
  for (const std::uint32_t row : session.rows())
    if (session.table().at(row, plane.x) && session.table().at(row, plane.y)) drawn.push_back(row);
  return designNotes(session.table(), drawn, std::array{plane.x, plane.y});
}

QStringList subjectNotes(const Session &session) {
  const auto subject = subjectOf(session);
  if (!subject) return {};
  const SubjectAccelerator at = subjectAccelerator(session, subject->network.name);
  const QString from = QStringLiteral("Estimated for profile %1 (hash %2)").arg(profileTitle(at.base), hash(at.base));
  QStringList notes{at.isChanged()
                        ? QStringLiteral("%1, changed to hash %2: %3").arg(from, hash(at.changed), whatIfText(at))
                        : from + QLatin1Char('.')};
  const QString validity = validityOf(*subject, at.changed, buildMachine(at.changed));
  return validity.isEmpty() ? notes : notes << validity;
}

}  // namespace pimento
