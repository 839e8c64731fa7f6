// SPDX-License-Identifier: GPL-3.0-or-later
// Results of NVSim.
#include <cstddef>
#include <cstdint>

#include "core/base/error.h"
#include "core/hardware/nvsim/nvsim_result.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  for (const NvsimScope scope : {NvsimScope::Bank, NvsimScope::Subarray}) try {
      static_cast<void>(readNvsimResult(bytes, QStringLiteral("fuzz"), scope));
    } catch (const Error &) {
    }
  return 0;
}
