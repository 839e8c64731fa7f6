// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a configuration of NVSim or an Error; one that was read is priced with finite, positive numbers.
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/hardware/nvsim/nvsim_array.h"

using namespace pimento;

namespace {

NvsimCell sampleCell() {
  NvsimCell cell;
  cell.process_nm = 45;
  cell.area_f2 = 60;
  cell.aspect = 0.6;
  cell.on_ohm = 5000;
  cell.off_ohm = 13550;
  cell.read_v = 0.25;
  cell.access_drop_v = 0.1;
  cell.access_width_f = 4;
  cell.set_ua = cell.reset_ua = 80;
  cell.set_ns = cell.reset_ns = 1;
  return cell;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  NvsimConfig config;
  try {
    config = readNvsimConfig(bytes, QStringLiteral("fuzz.cfg"));
  } catch (const Error &) {
    return 0;
  }
  NvsimCost total;
  try {
    total = nvsimArray(sampleCell(), config).total();
  } catch (const Error &) {  // a driver that is not allowed to be as wide as it would have to be, or leaking rows
    return 0;
  }
  for (const double value :
       {total.read_ns, total.write_ns, total.read_pj, total.write_pj, total.area_um2, total.leakage_w})
    if (!std::isfinite(value) || value <= 0) std::abort();
  return 0;
}
