// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPalette>

#include "core/published/published.h"

namespace pimento {

// The inspector's page about one design, with a note of the moment below its name. Links "correct:ID" switch a
// correction on or off.
[[nodiscard]] QString inspectorHtml(const DesignTable &table, std::uint32_t row, const CorrectionSet &applied,
                                    const QString &note, const QPalette &palette);

// Corrections that answer a warning "[badge] …" of the design, and those applied to it already.
[[nodiscard]] std::vector<Correction> correctionsFor(const DesignTable &table, std::uint32_t row);

}  // namespace pimento
