// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <optional>

#include "core/base/kind.h"
#include "core/base/metric.h"

namespace pimento {

struct Interval {
  double low = 0;
  double high = 0;
  bool operator==(const Interval &) const = default;
};

// Where a number comes from. `source` names a table and row ("DECO, Table III, VGG16 CM2") or the model and its
// inputs; `formula` is filled in with the numbers ("1.433 W x 24.2 µs + 0.211 W x 11.6 µs"), empty if none was used.
// `images` is what an accuracy was counted on, 0 where that is not told. A value is `corrected` where a printed one was
// replaced by what the rest of its paper says, and so is what was computed from it. An estimate of a calibrated profile
// has the interval that one more chip's value lies in with a probability of 90 %, in the unit of its metric.
struct Provenance {
  Kind kind = Kind::Published;
  QString source;
  QString formula;
  QStringList warnings;
  int images = 0;
  bool corrected = false;
  std::optional<Interval> interval = std::nullopt;
  bool operator==(const Provenance &) const = default;
};

// What one cell of the design table says: a value in the unit of its metric, and where it comes from. An accuracy that
// was counted has its 95 % interval, a calibrated estimate that of its provenance.
struct Quantity {
  Metric metric{};
  double value = 0;
  const Provenance *from = nullptr;  // owned by the table that returned it; never null
  std::optional<Interval> interval;
};

}  // namespace pimento
