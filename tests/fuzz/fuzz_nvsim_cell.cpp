// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a cell of NVSim or an Error; a cell that was read is priced with finite, positive numbers or refused.
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/hardware/nvsim/nvsim_array.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  NvsimConfig config;
  config.process_nm = 45;
  config.capacity_bytes = 16384;
  config.word_bits = 512;
  NvsimCost total;
  try {
    total = nvsimArray(readNvsimCell(bytes, QStringLiteral("fuzz.cell")), config).total();
  } catch (const Error &) {
    return 0;
  }
  for (const double value :
       {total.read_ns, total.write_ns, total.read_pj, total.write_pj, total.area_um2, total.leakage_w})
    if (!std::isfinite(value) || value <= 0) std::abort();
  return 0;
}
