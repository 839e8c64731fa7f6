// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a network or an Error; a network that was read is written and read as the same, is counted and gives
// finite estimates.
#include <QJsonDocument>
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/hardware/estimate/estimate.h"
#include "core/network/families/network_library.h"
#include "core/network/network_json.h"

using namespace pimento;

namespace {

constexpr std::size_t FewLayers = 200;  // estimates of more take the fuzzer's time, not its paths

bool works(const NetworkSpec &network) {
  static const Machine machine = buildMachine(Accelerator{});
  for (const Variant &variant : network.variants) {
    const Counts sum = total(network, countLayers(network, variant));
    if (sum.macs < 0 || sum.params < 0 || bitAnds(sum.macs, {32, 32}) < 0) return false;
    const Totals totals = estimateTotals(workOf(network, variant), machine, {1, 8});
    if (!std::isfinite(totals.energy_uj()) || !std::isfinite(totals.latency_ns) || totals.energy_uj() < 0) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.json");
  NetworkSpec network;
  try {
    network = readNetwork(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  if (readNetwork(QJsonDocument(toJson(network)).toJson(QJsonDocument::Compact), place) != network) std::abort();
  if (network.layers.size() <= FewLayers && network.variants.size() <= 8 && !works(network)) std::abort();
  return 0;
}
