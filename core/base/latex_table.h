// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/report_table.h"

namespace pimento {

// A table as papers set it, with booktabs, siunitx and graphicx:
// - one unit a column, in its header; numbers are aligned at their decimal points (S columns);
// - text that is the same in every row is said once below the table, and so are sources; long text is set in lines;
// - wider than the text it is made smaller, longer than a page it is set in parts;
// - notes stand below it, their marks raised.
// Any name is set as it is (see latexEscaped). `latexTable` is to be pasted; `latexDocument` can be compiled by itself,
// and a document that loads the three packages can \input it.
[[nodiscard]] QString latexTable(const ReportTable &table);
[[nodiscard]] QString latexDocument(const ReportTable &table);

// A unit as siunitx writes it: "µJ" → "\si{\micro\joule}"; text where it has none.
[[nodiscard]] QString latexUnit(const QString &unit);

}  // namespace pimento
