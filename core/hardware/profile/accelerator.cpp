// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/accelerator.h"

#include <QCryptographicHash>
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/device/geometry.h"
#include "core/hardware/profile/dataflows.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

// Parameters that came after hashes had been written into files count only where they are not at their default, so that
// stored designs keep their names.
static bool hasNoSay(const Parameter &p, const Accelerator &accelerator) {
  constexpr std::array<std::string_view, 12> Later{"volatile_cells",       "expander_um2",        "expander_fj_per_bit",
                                                   "mat_requantise_lanes", "retention_target",    "curie_temperature_k",
                                                   "write_fall_ps",        "field_like_ratio",    "stt_assist_ua",
                                                   "stt_polarisation",     "tmr_half_voltage_mv", "access_sigma_pct"};
  static const Accelerator defaults;
  const std::string_view key(p.key);
  const bool later = QLatin1String(p.section) == QLatin1String("calibration") || key.starts_with("nvsim_") ||
                     std::ranges::find(Later, key) != Later.end();
  return later && p.get(accelerator) == p.get(defaults);
}

QString hash(const Accelerator &accelerator) {
  QCryptographicHash sum(QCryptographicHash::Sha256);
  for (const Parameter &p : parameters()) {
    if (hasNoSay(p, accelerator) || follows(accelerator, p)) continue;
    sum.addData(QByteArray(p.key));
    sum.addData(QByteArrayLiteral("="));
    sum.addData(valueText(p, accelerator).toLatin1());
    sum.addData(QByteArrayLiteral("\n"));
  }
  return QString::fromLatin1(sum.result().toHex().left(10));
}

void validate(const Accelerator &a, const QString &place) {
  Accelerator checked = a;
  for (const Parameter &p : parameters()) setParameter(checked, p, p.get(a), place);
  const Device &d = a.device;
  const DemagnetisingFactors n = demagnetisingFactors(d);
  const double shape = n.x + n.y + n.z;
  if (std::abs(shape - 1) > 0.01)
    throw Error(place, QStringLiteral("the demagnetising factors add up to %1").arg(fourDigits(shape)),
                QStringLiteral("give all three by hand, adding up to 1, or none"));
  d.write_model->validate(d, place);
  if (a.schedule.write_back == Toggle::On && traits(a.schedule.dataflow).latched)
    throw Error(
        place, QStringLiteral("write_back = on with dataflow = %1").arg(QString::fromLatin1(a.schedule.dataflow->name)),
        QStringLiteral("latched operands are never written: use patch or tap"));
  if (a.array.columns % a.array.column_mux != 0)
    throw Error(
        place,
        QStringLiteral("column_mux = %1 does not divide columns = %2").arg(a.array.column_mux).arg(a.array.columns),
        QStringLiteral("every amplifier serves as many columns"));
  const double narrow_um = std::min(a.array.cell_width_um, a.array.cell_height_um);
  if (narrow_um * 1e3 < 2 * a.array.line_width_nm)
    throw Error(place,
                QStringLiteral("a cell of %1 µm is narrower than a line of line_width_nm = %2 and its space")
                    .arg(fourDigits(narrow_um), fourDigits(a.array.line_width_nm)),
                QStringLiteral("a larger cell or narrower lines"));
  const double bits = a.chip.bits();
  if (bits < double(a.array.rows) * a.array.columns * a.chip.banks)
    throw Error(place, QStringLiteral("capacity_mbit = %1 is less than a sub-array a bank").arg(a.chip.capacity_mbit),
                QStringLiteral("fewer banks, rows or columns, or more capacity"));
  const double banks = double(a.chip.image_ports + a.chip.kernel_ports) * a.chip.bank_subarrays_per_port;
  if (2 * banks * a.array.rows * a.array.columns > bits)
    throw Error(
        place,
        QStringLiteral("image_ports = %1 and kernel_ports = %2 with bank_subarrays_per_port = %3 take more than "
                       "half of capacity_mbit = %4")
            .arg(a.chip.image_ports)
            .arg(a.chip.kernel_ports)
            .arg(a.chip.bank_subarrays_per_port)
            .arg(a.chip.capacity_mbit),
        QStringLiteral("fewer ports or bank sub-arrays, or more capacity"));
  if (a.schedule.gating_group_columns > a.array.columns)
    throw Error(place,
                QStringLiteral("gating_group_columns = %1 is more than columns = %2")
                    .arg(a.schedule.gating_group_columns)
                    .arg(a.array.columns),
                QStringLiteral("a group lies within a row"));
}

}  // namespace pimento
