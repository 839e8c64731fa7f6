// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

namespace pimento {

// The content of a gzip file, or the bytes themselves if they are not gzip. Throws Error for a damaged or truncated
// stream, for a wrong checksum, and for content above `maxBytes`.
[[nodiscard]] QByteArray gunzip(const QByteArray &bytes, qsizetype maxBytes, const QString &place);

}  // namespace pimento
