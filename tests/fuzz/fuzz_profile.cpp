// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are an accelerator profile or an Error; a profile that was read is written and read as the same, and gives
// finite estimates.
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/profile_json.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

bool estimates(const Accelerator &accelerator) {
  static const NetworkSpec network = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  static const std::vector<LayerWork> works = workOf(network, network.variants.front());
  const Totals totals = estimateTotals(works, buildMachine(accelerator), {});
  return std::isfinite(totals.energy_uj()) && totals.energy_uj() > 0 && std::isfinite(totals.latency_ns) &&
         totals.latency_ns > 0 && std::isfinite(totals.area_mm2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.json");
  Accelerator accelerator;
  try {
    accelerator = readProfile(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  if (readProfile(writeProfile(accelerator), place) != accelerator || !estimates(accelerator)) std::abort();
  return 0;
}
