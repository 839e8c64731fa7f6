// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <span>
#include <vector>

#include "core/base/watch.h"
#include "core/explore/design_table.h"
#include "core/files/safetensors.h"

namespace pimento {

// A design table as a file keeps it. `definition` is
//   {"names": [text], "provenances": [{"kind", "source", "formula", "warnings", "images", "corrected"}], "columns":
//   {name: values}}
// with a column for each part of the key (network, variant, dataset, training, run, platform, profile_hash: index
// into names; bits_w, bits_a; scope: 1 = head; reference: 1 = yes), for each metric (energy_uj, …) and for the
// provenance of its values (energy_from, …: index into provenances). Values are a list, one number if all rows have the
// same, or, in large tables, a tensor of that name. Absent is null in a list and NaN in a tensor; a column left out is
// 0 or absent. A table with designs that are not valid has the columns validity (1 = doubtful, 2 = invalid) and
// validity_reason, and beside the names a list "validity_reasons" that the latter indexes.
struct TableColumns {
  QJsonObject definition;
  std::vector<Tensor> tensors;
};

enum class ColumnStorage : std::uint8_t { Lists, Tensors };

inline constexpr std::size_t MaxListRows = 10'000;  // read from lists
inline constexpr std::size_t MaxTableRows = 5'000'000;

[[nodiscard]] TableColumns columnsOf(const DesignTable &table, ColumnStorage storage);

// Throws Error naming `place`, the column and the row for lengths that differ, unknown columns and bad values; and when
// the watch stops.
[[nodiscard]] DesignTable tableOf(const TableColumns &columns, const QString &place, const Watch &watch = {});

}  // namespace pimento
