// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <vector>

#include "core/base/report_table.h"
#include "core/project/project.h"

namespace pimento {

// What pimento-learn evaluate tells: an event "weights" a variant, what became of its tensors, and then an event
// "result" a variant.

// A row a variant: variant, accuracy_pct, its interval, correct, n, tensors loaded, kind.
[[nodiscard]] ReportTable accuracyReport(const std::vector<QJsonObject> &results);

// A row a tensor that was not loaded as it stands: variant, tensor, what.
[[nodiscard]] ReportTable tensorReport(const std::vector<QJsonObject> &weights);

// A line a variant: "1.0: 61 tensors loaded; 2 tensors missing: … (fc.weight, fc.bias)."
[[nodiscard]] QString loadText(const std::vector<QJsonObject> &weights);

// A line for each variant whose weights were changed: norms taken anew, channels renumbered.
[[nodiscard]] QString changesText(const std::vector<QJsonObject> &results);

// The results as design points in single precision: measured accuracy beside the cost of the same variant on the GPU,
// named after the file. Variants of which tensors were missing are left out. Throws Error if the network can not be
// estimated.
[[nodiscard]] StoredTable evaluatedDesigns(const std::vector<QJsonObject> &results, const QString &weights,
                                           int classes);

}  // namespace pimento
