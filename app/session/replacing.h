// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QString>
#include <map>
#include <optional>

#include "core/files/file_stamp.h"

namespace pimento {

// "3 May 2026, 12:05:10"
[[nodiscard]] QString spokenTime(const QDateTime &time);

// What has to be asked before a file is replaced, naming both times: when this window read or wrote it, if it did, and
// when it was changed last.
[[nodiscard]] QString replaceQuestion(const QString &path, const FileStamp &there,
                                      const std::optional<QDateTime> &ours);

// The files that this window has exported, and when.
using Exported = std::map<QString, QDateTime>;
[[nodiscard]] std::optional<QDateTime> timeOf(const Exported &exported, const QString &path);

}  // namespace pimento
