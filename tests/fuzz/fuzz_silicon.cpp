// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a published memory or an Error; one that was read has ordered ends, and what the model says of it is
// no less than 0 or nothing.
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/hardware/silicon/chip_file.h"
#include "core/hardware/silicon/prediction.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  PublishedChip chip;
  try {
    chip = readChip(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)),
                    QStringLiteral("chip.json"));
  } catch (const Error &) {
    return 0;
  }
  for (const Measurement &figure : chip.measurements) {
    if (!figure.low && !figure.high) std::abort();
    if (figure.low && figure.high && *figure.low > *figure.high) std::abort();
    if (!(figure.middle() > 0) || !std::isfinite(figure.middle())) std::abort();
  }
  const auto ours = predict(chip, chip.measurements.front());
  if (ours && !(*ours >= 0)) std::abort();
  return 0;
}
