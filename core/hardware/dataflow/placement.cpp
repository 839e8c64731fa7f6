// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/placement.h"

namespace pimento {

Placement::Placement(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits)
    : m_map(mapLayer(work, array, schedule, chip, bits)) {
  if (!hasWeights(work.op)) return;
  m_rows = formOf(work, array.columns, schedule.dataflow).rows(layerPlace(work, array, schedule, chip, bits), m_map);
}

}  // namespace pimento
