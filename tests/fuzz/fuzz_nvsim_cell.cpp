// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a cell of NVSim or an Error; a cell that was read is priced with finite, positive numbers or refused,
// and makes an accelerator or is refused.
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/hardware/nvsim/nvsim_array.h"
#include "core/hardware/nvsim/nvsim_profile.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  const Accelerator start;
  NvsimCost total;
  try {
    const NvsimCell cell = readNvsimCell(bytes, QStringLiteral("fuzz.cell"));
    const NvsimConfig config = nvsimConfigAround(cell, start);
    total = nvsimArray(cell, config).total();
    Accelerator applied = start;
    static_cast<void>(applyNvsim(applied, cell, config, QStringLiteral("fuzz.cell")));
    validate(applied, QStringLiteral("fuzz.cell"));
  } catch (const Error &) {
    return 0;
  }
  for (const double value :
       {total.read_ns, total.write_ns, total.read_pj, total.write_pj, total.area_um2, total.leakage_w})
    if (!std::isfinite(value) || value <= 0) std::abort();
  return 0;
}
