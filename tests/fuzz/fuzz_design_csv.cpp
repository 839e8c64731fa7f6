// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are design points or an Error; the points written again read as the same report.
#include <cstdlib>

#include "core/base/error.h"
#include "core/explore/design_csv.h"
#include "core/explore/design_report.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.csv");
  QString report;
  try {
    report = toCsv(designReport(
        readDesignCsv(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place)));
  } catch (const Error &) {
    return 0;
  }
  if (toCsv(designReport(readDesignCsv(report.toUtf8(), place))) != report) std::abort();
  return 0;
}
