// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are the results of a run or an Error; what was read is written and read as the same.
#include <cstdlib>

#include "core/base/error.h"
#include "core/jobs/run_results.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("results.json");
  RunResults results;
  try {
    results = readRunResults(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  const QByteArray written = writeRunResults(results);
  if (writeRunResults(readRunResults(written, place)) != written) std::abort();
  return 0;
}
