// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/estimate_alarms.h"

#include <algorithm>
#include <iterator>

namespace pimento {

namespace {

struct Alarm {
  const char *words;  // that the warning has
  ChainBoxId box;
};

// The worst first.
constexpr Alarm Alarms[] = {{"margin", ChainBoxId::Sense},
                            {"writes fail", ChainBoxId::Device},
                            {"write transistors", ChainBoxId::Array},
                            {"write current", ChainBoxId::Array},
                            {"sensed line", ChainBoxId::Sense},
                            {"a read is", ChainBoxId::Sense},
                            {"thermal stability", ChainBoxId::Device},
                            {"retention", ChainBoxId::Device},
                            {"wears out", ChainBoxId::Network},
                            {"idle leakage", ChainBoxId::Chip},
                            {"fit on the chip", ChainBoxId::Chip},
                            {"image banks", ChainBoxId::Chip},
                            {"planar nodes", ChainBoxId::Array}};

constexpr Alarm Remarks[] = {{"the power cap of", ChainBoxId::Chip}, {"sense constants", ChainBoxId::Sense}};

template <std::size_t N>
const Alarm *find(const Alarm (&list)[N], const QString &warning) {
  const auto *found = std::find_if(std::begin(list), std::end(list),
                                   [&](const Alarm &alarm) { return warning.contains(QLatin1String(alarm.words)); });
  return found == std::end(list) ? nullptr : found;
}

}  // namespace

bool isRemark(const QString &warning) { return find(Remarks, warning) != nullptr; }

ChainBoxId boxOf(const QString &warning) {
  if (const Alarm *remark = find(Remarks, warning)) return remark->box;
  const Alarm *alarm = find(Alarms, warning);
  return alarm ? alarm->box : ChainBoxId::Network;
}

qsizetype alarmCount(const QStringList &warnings) {
  return warnings.size() - std::count_if(warnings.begin(), warnings.end(), isRemark);
}

QString worstAlarm(const QStringList &warnings) {
  QString worst;
  const Alarm *worstKind = std::end(Alarms);
  for (const QString &warning : warnings) {
    const Alarm *alarm = isRemark(warning) ? nullptr : find(Alarms, warning);
    if (!alarm || alarm >= worstKind) continue;
    worst = warning;
    worstKind = alarm;
  }
  return worst;
}

}  // namespace pimento
