// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>

namespace pimento {

// How much a warning says against a number. Note: it tells what decides the number. Caution: read the number with care.
// Invalid: the number is of something that does not work.
enum class WarningLevel : std::uint8_t { Note, Caution, Invalid };

// A warning is text that may be led by its level ("invalid: AND2 margin of …"), in tables and files alike. One that is
// not led, as those of published values, is a caution.
[[nodiscard]] QString levelName(WarningLevel level);  // "note", "caution", "invalid"
[[nodiscard]] QString ledBy(WarningLevel level, const QString &text);
[[nodiscard]] WarningLevel levelOf(const QString &warning);
[[nodiscard]] QString withoutLevel(const QString &warning);

// How many are more than notes.
[[nodiscard]] qsizetype alarmCount(const QStringList &warnings);

// The first of the highest level among those that are led by one above a note: what says most plainly that a design
// does not work. Empty if there is none.
[[nodiscard]] QString worstAlarm(const QStringList &warnings);

}  // namespace pimento
