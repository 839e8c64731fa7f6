// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/device_presets.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profile_json.h"

namespace pimento {

namespace {

constexpr std::array<std::string_view, 16> CellKeys{"tmr_half_voltage_mv",
                                                    "access_sigma_pct",
                                                    "ra_ohm_um2",
                                                    "parallel_resistance_ohm",
                                                    "tmr_pct",
                                                    "access_ohm",
                                                    "sense_current_ua",
                                                    "resistance_sigma_pct",
                                                    "tmr_sigma_pct",
                                                    "cell_width_um",
                                                    "cell_height_um",
                                                    "cell_leakage_pw",
                                                    "sense_line_ff_per_cell",
                                                    "write_line_ff_per_cell",
                                                    "read_word_line_ff_per_cell",
                                                    "write_word_line_ff_per_cell"};

bool belongsToCell(const Parameter &p) {
  return std::string_view(p.section) == "device" ||
         std::find(CellKeys.begin(), CellKeys.end(), std::string_view(p.key)) != CellKeys.end();
}

Accelerator readPreset(const QString &name) {
  if (!devicePresets().contains(name))
    throw Error(QStringLiteral("device"), QStringLiteral("unknown preset %1").arg(quoted(name)),
                knownWords(name, devicePresets()));
  const QString place = QStringLiteral("device preset %1").arg(name);
  QFile file(QStringLiteral(":/devices/%1.json").arg(name));
  if (!file.open(QIODevice::ReadOnly)) throw Error(place, QStringLiteral("can not be read"), file.errorString());
  return readProfile(file.readAll(), place);
}

}  // namespace

QStringList devicePresets() {
  return {QStringLiteral("default"), QStringLiteral("check"), QStringLiteral("opennvram"), QStringLiteral("ut-austin"),
          QStringLiteral("stt"),     QStringLiteral("reram"), QStringLiteral("sram")};
}

QString devicePresetTitle(const QString &name) { return readPreset(name).title; }

void applyDevicePreset(Accelerator &accelerator, const QString &name) {
  const Accelerator preset = readPreset(name);
  for (const Parameter &p : parameters()) {
    if (!belongsToCell(p)) continue;
    copyParameter(accelerator, preset, p);
    const QString key = QString::fromLatin1(p.key);
    accelerator.sources.remove(key);
    if (const auto source = preset.sources.constFind(key); source != preset.sources.constEnd())
      accelerator.sources.insert(key, *source);
  }
}

}  // namespace pimento
