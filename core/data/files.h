// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

namespace pimento {

// A whole file. Throws Error naming it if it can not be read or is larger than `maxBytes`.
[[nodiscard]] QByteArray readWhole(const QString &path, qsizetype maxBytes);

}  // namespace pimento
