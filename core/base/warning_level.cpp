// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/warning_level.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pimento {

namespace {

constexpr std::array<const char *, 3> LevelNames{"note", "caution", "invalid"};
const QString LevelEnd = QStringLiteral(": ");

std::optional<WarningLevel> leadOf(const QString &warning) {
  for (std::size_t i = 0; i < LevelNames.size(); ++i)
    if (warning.startsWith(QLatin1String(LevelNames[i]) + LevelEnd)) return static_cast<WarningLevel>(i);
  return std::nullopt;
}

}  // namespace

QString levelName(WarningLevel level) { return QString::fromLatin1(LevelNames[static_cast<std::size_t>(level)]); }

QString ledBy(WarningLevel level, const QString &text) { return levelName(level) + LevelEnd + text; }

WarningLevel levelOf(const QString &warning) { return leadOf(warning).value_or(WarningLevel::Caution); }

QString withoutLevel(const QString &warning) {
  const auto lead = leadOf(warning);
  return lead ? warning.mid(levelName(*lead).size() + LevelEnd.size()) : warning;
}

qsizetype alarmCount(const QStringList &warnings) {
  return std::count_if(warnings.begin(), warnings.end(),
                       [](const QString &warning) { return levelOf(warning) != WarningLevel::Note; });
}

QString worstAlarm(const QStringList &warnings) {
  QString worst;
  WarningLevel highest = WarningLevel::Note;
  for (const QString &warning : warnings)
    if (const auto lead = leadOf(warning); lead && *lead > highest) {
      worst = warning;
      highest = *lead;
    }
  return worst;
}

}  // namespace pimento
