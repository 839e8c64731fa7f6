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

// What a window has of a file: what it read or wrote there at some time, or restored work of the file as it was changed
// at that time.
struct Known {
  QDateTime time;
  enum class How : std::uint8_t { ReadOrWritten, Restored } how = How::ReadOrWritten;
};
[[nodiscard]] QString knownText(const Known &known);  // "this window read or wrote it on 3 May 2026, 12:05:10"

// What has to be asked before a file is replaced, naming both times: of what this window has of it, if anything, and
// when it was changed last.
[[nodiscard]] QString replaceQuestion(const QString &path, const FileStamp &there, const std::optional<Known> &ours);

// The files that this window has exported, and when.
using Exported = std::map<QString, QDateTime>;
[[nodiscard]] std::optional<Known> knownOf(const Exported &exported, const QString &path);

}  // namespace pimento
