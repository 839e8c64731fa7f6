// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/base/report_table.h"

namespace pimento {

class Figure;

// Writes a table in the format of the file's ending: csv, md, tex, html, json. Throws Error.
void writeTable(const ReportTable &table, const QString &path);

// Writes bytes through a file beside it, so that a failure leaves the old file. Throws Error.
void writeWhole(const QByteArray &bytes, const QString &path);

}  // namespace pimento
