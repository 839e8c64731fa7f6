// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

// The boxes of the chain from the device to the network, as the Hardware page shows them.
enum class ChainBoxId : std::size_t { Device, Sense, Array, Chip, Network };

// What of the chain a warning of an estimate concerns, by what it speaks of; the network if nothing tells.
[[nodiscard]] ChainBoxId boxOf(const QString &warning);

// Whether it only says what decides a number (the power cap sets the time): nothing is wrong with such a design.
[[nodiscard]] bool isRemark(const QString &warning);

// How many are no remarks.
[[nodiscard]] qsizetype alarmCount(const QStringList &warnings);

// That which says most plainly that a design does not work: wrong results before lost bits before wear and size. Empty
// if none does.
[[nodiscard]] QString worstAlarm(const QStringList &warnings);

}  // namespace pimento
