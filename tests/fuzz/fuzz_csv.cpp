// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a CSV table or an Error; a table written again reads as the same table.
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/report_table.h"
#include "core/files/csv.h"

using namespace pimento;

namespace {

ReportTable asReport(const CsvTable &table) {
  ReportTable report{table.header, {}};
  for (const QStringList &row : table.rows) report.rows.emplace_back(row.begin(), row.end());
  return report;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.csv");
  CsvTable table;
  try {
    table = readCsv(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
    for (std::size_t row = 0; row < table.rows.size(); ++row) static_cast<void>(csvNumber(table, row, 0, place));
  } catch (const Error &) {
  }
  if (table.header.isEmpty()) return 0;
  const CsvTable again = readCsv(toCsv(asReport(table)).toUtf8(), place);
  if (again.header != table.header || again.rows != table.rows) std::abort();
  return 0;
}
