// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/plausible_ranges.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/typed_number.h"

namespace pimento {

namespace {

const QString RangeRemedy = QStringLiteral("write key=optimistic:pessimistic, as in offset_mv=2:8 or tmr_pct=180:90");

const PlausibleRange &requireRange(const QString &key, const QString &place) {
  static_cast<void>(requireParameter(key, place));  // an unknown one is told with what is close to it
  for (const PlausibleRange &range : plausibleRanges())
    if (key == QLatin1String(range.key)) return range;
  for (const CertainParameter &certain : certainParameters())
    if (key == QLatin1String(certain.key))
      throw Error(place, QStringLiteral("%1 has no range: %2").arg(key, QString::fromUtf8(certain.reason)),
                  QStringLiteral("compare its values with --set"));
  throw Error(place, QStringLiteral("%1 has no range: it is a choice").arg(key),
              QStringLiteral("compare its values with --set"));
}

RangeShape shapeFrom(const QString &word, const QString &place) {
  QStringList known;
  for (const char *name : RangeShapeNames) known << QString::fromLatin1(name);
  if (const qsizetype at = known.indexOf(word); at >= 0) return static_cast<RangeShape>(at);
  throw Error(place, QStringLiteral("unknown shape %1").arg(quoted(word)), knownWords(word, known));
}

double endOf(const QString &text, const Parameter &parameter, const QString &place) {
  const TypedNumber number = typedNumber(text);
  const auto value = number.value();
  if (!value)
    throw Error(place, QStringLiteral("%1 is not a number").arg(quoted(text)),
                number.problem.isEmpty() ? RangeRemedy : number.problem);
  Accelerator checked;
  setParameter(checked, parameter, *value, place);  // throws for a value out of its bounds
  return *value;
}

void refuseTurnedRound(const PlausibleRange &table, const GivenRange &given, const QString &place) {
  const QString optimistic = exactNumber(given.optimistic);
  const QString pessimistic = exactNumber(given.pessimistic);
  const QString key = QString::fromLatin1(table.key);
  if (given.optimistic == given.pessimistic)
    throw Error(place, QStringLiteral("the range of %1 has no width: %2").arg(key, optimistic),
                QStringLiteral("--set %1=%2 says what it is for certain").arg(key, optimistic));
  const bool more = table.optimistic > table.pessimistic;
  if (more != (given.optimistic > given.pessimistic))
    throw Error(place,
                QStringLiteral("the range of %1 is turned round: %2 is the pessimistic end, as %3 is better")
                    .arg(key, optimistic, more ? QStringLiteral("more") : QStringLiteral("less")),
                QStringLiteral("write %1=%2:%3").arg(key, pessimistic, optimistic));
  if (given.shape == RangeShape::LogUniform && std::min(given.optimistic, given.pessimistic) <= 0)
    throw Error(place, QStringLiteral("log-uniform from %1 to %2").arg(optimistic, pessimistic),
                QStringLiteral("ends above 0, or uniform"));
}

}  // namespace

std::pair<QString, GivenRange> parseRange(const QString &text, const QString &place) {
  const qsizetype equals = text.indexOf(QLatin1Char('='));
  if (equals <= 0) throw Error(place, QStringLiteral("%1 is no range").arg(quoted(text)), RangeRemedy);
  const QString key = text.left(equals);
  const PlausibleRange &table = requireRange(key, place);
  const QStringList parts = text.mid(equals + 1).split(QLatin1Char(':'));
  if (parts.size() < 2 || parts.size() > 3)
    throw Error(place, QStringLiteral("%1 is no range").arg(quoted(text)), RangeRemedy);
  const Parameter &parameter = requireParameter(key, place);
  GivenRange given{endOf(parts[0], parameter, place), endOf(parts[1], parameter, place)};
  if (parts.size() == 3) given.shape = shapeFrom(parts[2], place);
  refuseTurnedRound(table, given, place);
  return {key, given};
}

}  // namespace pimento
