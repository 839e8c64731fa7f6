// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// Order of names for people: runs of digits compare as numbers ("cm2" before "cm10", "0.25" before "0.5"), letters
// without case; names that differ only in case or leading zeros fall back to plain order, so that it is a total order.
[[nodiscard]] bool naturallyBefore(const QString &a, const QString &b);

}  // namespace pimento
