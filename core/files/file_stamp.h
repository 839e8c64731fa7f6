// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QString>
#include <optional>

namespace pimento {

// What tells a file from its earlier and later contents without reading it.
struct FileStamp {
  qint64 modified_ns = 0;  // since 1970, UTC
  qint64 bytes = 0;
  bool operator==(const FileStamp &) const = default;
  [[nodiscard]] QDateTime modified() const;  // local time
};

// The stamp of the file that a path leads to now, links followed; nothing if there is none.
[[nodiscard]] std::optional<FileStamp> stampOf(const QString &path);

}  // namespace pimento
