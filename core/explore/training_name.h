// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// How the weights of a design were trained, as its key says it: the method, and where its integers were trained on what
// that was called: "joint", "joint quantisation-aware". A method's name is one word.
[[nodiscard]] QString trainingName(const QString &method, const QString &how);
[[nodiscard]] QString trainingMethod(const QString &training);  // "joint"
[[nodiscard]] QString trainingHow(const QString &training);     // "quantisation-aware", empty for "joint"

}  // namespace pimento
