// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/mapping.h"

#include <algorithm>
#include <bit>

namespace pimento {

std::int64_t segmentWidth(std::int64_t patch, std::int64_t columns, Packing packing) {
  if (packing == Packing::None || patch > columns) return columns;
  if (packing == Packing::Any) return patch;
  return std::min(columns, static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(patch))));
}

std::int64_t weightRoom(const Array &array, const Schedule &schedule, Bits bits) {
  const int operands = traits(schedule.dataflow).latched ? 0 : bits.activations;
  return std::max(1, (array.rows - schedule.scratch_rows - operands) / bits.weights);
}

std::int64_t switchedOn(std::int64_t segments, std::int64_t width, std::int64_t data, std::int64_t group,
                        std::int64_t columns) {
  if (data == width) {  // one run
    data *= segments;
    segments = 1;
  }
  const std::int64_t end = (segments - 1) * width + data;
  std::int64_t groups = 0;
  if (segments == 1 || width % group == 0) {
    groups = segments * ceilDivided(data, group);
  } else {
    for (std::int64_t s = 0, next = 0; s < segments; ++s) {
      const std::int64_t last = (s * width + data - 1) / group;
      groups += last - std::max(next, s * width / group) + 1;
      next = last + 1;
    }
  }
  return groups * group - std::max<std::int64_t>(0, ceilDivided(end, group) * group - columns);
}

LayerPlace layerPlace(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip,
                      Bits bits) {
  return {work,
          schedule,
          array.columns,
          schedule.gating_group_columns,
          weightRoom(array, schedule, bits),
          chip.subarrays_per_mat};
}

LayerMap mapLayer(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits) {
  if (!hasWeights(work.op)) return {};
  return formOf(work, array.columns, schedule.dataflow).map(layerPlace(work, array, schedule, chip, bits));
}

}  // namespace pimento
