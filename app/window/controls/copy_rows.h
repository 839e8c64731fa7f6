// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/report_table.h"

class QAbstractItemView;

namespace pimento {

// What is selected in a table or a tree, as it is shown, with the headers of its columns; without a selection, nothing.
[[nodiscard]] ReportTable selectedCells(const QAbstractItemView &view);

// To the clipboard: tab-separated for spreadsheets and editors, and as CSV.
void copyToClipboard(const ReportTable &table);

}  // namespace pimento
