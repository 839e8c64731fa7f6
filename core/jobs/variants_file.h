// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <vector>

#include "core/jobs/job.h"

namespace pimento {

// Sub-nets that a run learned: variants.json in its directory, {"format": "pimento-variants", "version": 1, "network":
// name, "variants": […]} with the variants in the form of core/network/network_json.h.

// Throws Error naming `place` for another network's, for more than 256 or none, for names used twice, or past 16 MB.
[[nodiscard]] std::vector<Variant> readVariants(const NetworkSpec &network, const QByteArray &data,
                                                const QString &place);
[[nodiscard]] QByteArray writeVariants(const NetworkSpec &network, const std::vector<Variant> &variants);

// The variants of a file, or of the directory of a run that learned them or trained them together. Throws Error.
[[nodiscard]] std::vector<Variant> loadVariants(const NetworkSpec &network, const QString &fileOrDirectory);

// The job of a directory with the variants that its weights.safetensors hold: those it learned, if it did.
[[nodiscard]] Job loadRun(const QString &directory);

}  // namespace pimento
