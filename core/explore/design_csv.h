// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

#include "core/base/watch.h"
#include "core/explore/design_table.h"
#include "core/files/csv.h"

namespace pimento {

// Design points from a CSV file with the columns of designReport, in any order. Needed: network, variant and at least
// one metric with its unit ("energy_uj"); every other column may be left out, and a cell that is empty is absent.
// - The kind of a value is its own column's ("energy_kind"), else that of the column "kind", else estimated, the
//   weakest: a file that does not say does not get more credit.
// - energy_p5_uj and energy_p95_uj are the ends of an estimate's interval, and so for every metric.
// - accuracy_images is what the accuracy was counted on: its interval comes of it.
// - source is that of every value of the row; without it the source is the file.
// - warnings are separated by " | "; one led by metrics ("energy+power: …") concerns these, any other the whole row.
// - validity is valid unless it says doubtful or invalid, for the reason in validity_reason.
// - corrected names the metrics whose values replace printed ones: "latency+energy".
// - scope is whole unless it says head; reference is 0 unless it says 1. id is made from the keys and not read.
// Unknown and repeated columns, values that can not be (below 0, accuracy beyond 100) and designs that stand twice are
// refused. Throws Error "place, line N, column C: …", and when the watch stops.
[[nodiscard]] DesignTable readDesignCsv(const QByteArray &data, const QString &place, const CsvLimits &limits = {},
                                        const Watch &watch = {});

// Reads design points from a CSV file as readDesignCsv() does. Throws Error if it can not be read.
[[nodiscard]] DesignTable openDesignCsv(const QString &path, const CsvLimits &limits = {}, const Watch &watch = {});

}  // namespace pimento
