// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/accelerator.h"

#include <QCryptographicHash>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/parameters.h"

namespace pimento {

QString hash(const Accelerator &accelerator) {
  QCryptographicHash sum(QCryptographicHash::Sha256);
  for (const Parameter &p : parameters()) {
    sum.addData(QByteArray(p.key));
    sum.addData(QByteArrayLiteral("="));
    sum.addData(valueText(p, p.get(accelerator)).toLatin1());
    sum.addData(QByteArrayLiteral("\n"));
  }
  return QString::fromLatin1(sum.result().toHex().left(10));
}

void validate(const Accelerator &a, const QString &place) {
  Accelerator checked = a;
  for (const Parameter &p : parameters()) setParameter(checked, p, p.get(a), place);
  const Device &d = a.device;
  const double shape = d.demagnetisation_x + d.demagnetisation_y + d.demagnetisation_z;
  if (std::abs(shape - 1) > 0.01)
    throw Error(place, QStringLiteral("the demagnetising factors add up to %1").arg(fourDigits(shape)),
                QStringLiteral("they must add up to 1"));
  if (d.demagnetisation_x <= d.demagnetisation_y)
    throw Error(place, QStringLiteral("demagnetisation_x is not above demagnetisation_y"),
                QStringLiteral("y is the easy axis, with the smallest factor"));
  if (a.schedule.write_back == Toggle::On && a.schedule.dataflow == Dataflow::Latched)
    throw Error(place, QStringLiteral("write_back = on with dataflow = latched"),
                QStringLiteral("latched operands are never written: use patch or tap"));
  const double bits = a.chip.capacity_mbit * 1048576;
  if (bits < double(a.array.rows) * a.array.columns * a.chip.banks)
    throw Error(place, QStringLiteral("capacity_mbit = %1 is less than a sub-array a bank").arg(a.chip.capacity_mbit),
                QStringLiteral("fewer banks, rows or columns, or more capacity"));
}

}  // namespace pimento
