// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QStringList>

#include "core/hardware/silicon/chip_data.h"

namespace pimento {

// A published memory as JSON, one file a chip:
//   {"format": "pimento-silicon", "version": 1, "name": …, "title": …, "source": …,
//    "evidence": "measured" | "simulated", "scope": "macro" | "chip" | "array" | "device", "cell": "stt" | "sot",
//    "node_nm", "supply_v", "temperature_k", "capacity_kbit", "rows", "columns", "read_bits", "stated": {key: value},
//    "measurements": [{"quantity": …, "unit": …, "value" | "low" | "high": …, "source": …, "bits_in", "bits_weight",
//                      "bits_out", "sparsity_pct", "supply_v", "temperature_k", "beyond_model"}]}
// Every figure names its unit and its place in the source. Throws Error naming place, key and remedy: a unit that is
// missing or not the quantity's, no node where a quantity depends on it, a range turned round, unknown keys, values out
// of range, conditions that contradict each other in the model, more than 64 figures or 64 KB.
[[nodiscard]] PublishedChip readChip(const QByteArray &data, const QString &place);
[[nodiscard]] PublishedChip openChip(const QString &path);

// A file, or all .json files of a folder in the order of their names, at most 256. Throws as openChip(), for two chips
// of a name, and for a folder without any.
[[nodiscard]] std::vector<PublishedChip> openChips(const QString &fileOrFolder);

// Those that come with the program (resources/silicon), in the order of their names.
[[nodiscard]] std::vector<PublishedChip> publishedChips();

}  // namespace pimento
