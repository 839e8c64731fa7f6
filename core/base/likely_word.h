// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace pimento {

// The known word that a slip of the fingers is likely to have come from, or whose beginning was given; else empty.
[[nodiscard]] QString likelyWord(const QString &given, const QStringList &known);

}  // namespace pimento
