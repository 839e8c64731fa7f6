// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QIODevice>
#include <QString>
#include <cstdint>
#include <vector>

#include "core/base/watch.h"

namespace pimento {

// One file inside a zip archive. Names are relative, of letters, digits and "._-/".
struct ArchiveEntry {
  QString name;
  QByteArray bytes;
};

// Which names entries may have beside being relative: letters, digits and "._-/" as Pimento writes them, or any, in
// archives that others wrote and of which nothing is unpacked into files.
enum class EntryNames : std::uint8_t { Plain, Any };

struct ArchiveLimits {
  qint64 entries = 1000;
  qint64 entryBytes = qint64{1} << 30;  // unpacked
  qint64 totalBytes = qint64{3} << 29;  // unpacked, all entries
  qint64 ratio = 200;                   // unpacked to packed, for entries above 1 MB
  EntryNames names = EntryNames::Plain;
};

// Writes the entries in their order: stored, with fixed dates and permissions, so that equal entries give equal bytes
// whatever the machine and its version of zlib. The device stays open. Throws Error if anything can not be written
// or would not be read again under `limits`.
void writeArchive(QIODevice &device, const std::vector<ArchiveEntry> &entries, const QString &place,
                  const ArchiveLimits &limits = {});

// Reads all entries. Throws Error naming the entry for absolute names and "..", duplicates, encryption, sizes past
// the limits or other than declared, wrong checksums; and for what is no whole zip archive, or when the watch stops.
[[nodiscard]] std::vector<ArchiveEntry> readArchive(QIODevice &device, const QString &place,
                                                    const ArchiveLimits &limits = {}, const Watch &watch = {});

}  // namespace pimento
