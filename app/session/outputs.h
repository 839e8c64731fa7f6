// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/base/report_table.h"

namespace pimento {

// Format of a table by the ending of its file: csv, json, md, tex, html. Throws Error for another.
[[nodiscard]] TableFormat tableFormatOf(const QString &path);

// Whether programs read it: then it holds every column, else those that people read.
[[nodiscard]] constexpr bool isFull(TableFormat format) {
  return format == TableFormat::Csv || format == TableFormat::Json;
}

}  // namespace pimento
