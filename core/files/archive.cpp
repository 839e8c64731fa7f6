// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/archive.h"

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>

#include <QSet>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/save_file.h"

namespace pimento {

namespace {

constexpr uint Unix = 3;     // "made by" of the zip format
constexpr int Stored = 0;    // methods of the zip format
constexpr int Deflated = 8;  //
constexpr qint64 Chunk = 1 << 16;
constexpr qint64 RatioFloor = 1 << 20;  // small texts may well pack better than the ratio
const QString Damaged = QStringLiteral("the file is damaged; use a copy of it");
const QString Refused = QStringLiteral("such a file is not opened; it was not written by Pimento");

QString megabytes(qint64 bytes) { return QStringLiteral("%1 MB").arg(bytes >> 20); }

QString entryPlace(const QString &place, const QString &name) {
  return QStringLiteral("%1, entry %2").arg(place, quoted(name));
}

// Nothing if the name is fine, else what is wrong with it.
QString problemOfName(const QString &name, EntryNames names) {
  if (name.isEmpty()) return QStringLiteral("has no name");
  if (name.size() > 200) return QStringLiteral("its name is longer than 200 characters");
  const bool drive = names == EntryNames::Plain && name.contains(QLatin1Char(':'));
  if (name.startsWith(QLatin1Char('/')) || name.startsWith(QLatin1Char('\\')) || drive)
    return QStringLiteral("its name is an absolute path");
  const QStringList parts = name.split(QLatin1Char('/'));
  if (parts.contains(QStringLiteral("..")) || name.contains(QStringLiteral("..\\")))
    return QStringLiteral("its name leads out of the archive");
  if (parts.contains(QString()) || parts.contains(QStringLiteral("."))) return QStringLiteral("is no file");
  if (names == EntryNames::Any) return {};
  const bool plain = std::all_of(name.begin(), name.end(), [](QChar c) {
    return c.unicode() < 128 && (c.isLetterOrNumber() || QStringLiteral("._-/").contains(c));
  });
  return plain ? QString() : QStringLiteral("its name has characters other than letters, digits and ._-/");
}

// Adds up what an archive unpacks to and throws as soon as it breaks a limit.
class Account {
 public:
  Account(const QString &place, const ArchiveLimits &limits) : m_place(place), m_limits(limits) {}

  void add(const QString &name, qint64 bytes) {
    const QString where = entryPlace(m_place, name);
    if (const QString problem = problemOfName(name, m_limits.names); !problem.isEmpty())
      throw Error(where, problem, Refused);
    if (m_names.contains(name.toLower())) throw Error(where, QStringLiteral("is there twice"), Refused);
    m_names.insert(name.toLower());
    if (m_names.size() > m_limits.entries)
      throw Error(m_place, QStringLiteral("more than %1 entries").arg(m_limits.entries), Refused);
    if (bytes > m_limits.entryBytes)
      throw Error(where, QStringLiteral("larger than %1 unpacked").arg(megabytes(m_limits.entryBytes)), Refused);
    m_total += bytes;
    if (m_total > m_limits.totalBytes)
      throw Error(m_place, QStringLiteral("larger than %1 unpacked").arg(megabytes(m_limits.totalBytes)), Refused);
  }

 private:
  const QString &m_place;
  const ArchiveLimits &m_limits;
  QSet<QString> m_names;
  qint64 m_total = 0;
};

void checkPacking(const QuaZipFileInfo64 &entry, qint64 room, const QString &where, const ArchiveLimits &limits) {
  const auto packed = static_cast<qint64>(std::min<quint64>(entry.compressedSize, quint64{1} << 62));
  const auto unpacked = static_cast<qint64>(std::min<quint64>(entry.uncompressedSize, quint64{1} << 62));
  if (entry.isEncrypted()) throw Error(where, QStringLiteral("is encrypted"), Refused);
  if (entry.method != Stored && entry.method != Deflated)
    throw Error(where, QStringLiteral("is packed by method %1").arg(entry.method),
                QStringLiteral("store or deflate it"));
  if (packed > room || (entry.method == Stored && packed != unpacked))
    throw Error(where, QStringLiteral("its declared size does not fit the file"), Damaged);
  if (unpacked > RatioFloor && unpacked / limits.ratio > packed)
    throw Error(where, QStringLiteral("unpacks to more than %1 times its size").arg(limits.ratio), Refused);
}

QByteArray readCurrent(QuaZip &zip, qint64 size, const QString &where, const Watch &watch) {
  QuaZipFile file(&zip);
  if (!file.open(QIODevice::ReadOnly)) throw Error(where, QStringLiteral("can not be read"), Damaged);
  QByteArray bytes;
  bytes.reserve(size);
  while (bytes.size() <= size) {
    watch.report(static_cast<double>(bytes.size()) / static_cast<double>(size + 1), where);
    const QByteArray chunk = file.read(std::min(Chunk, size + 1 - bytes.size()));
    if (chunk.isEmpty()) break;
    bytes += chunk;
  }
  const bool sound = file.getZipError() == UNZ_OK && bytes.size() == size;
  file.close();  // compares the checksum
  if (!sound || file.getZipError() != UNZ_OK)
    throw Error(where, QStringLiteral("its content does not fit its declared size or checksum"), Damaged);
  return bytes;
}

bool writeEntry(QuaZip &zip, const ArchiveEntry &entry) {
  QuaZipNewInfo info(entry.name);
  info.dateTime = QDateTime(QDate(1980, 1, 1), QTime(0, 0));  // the earliest that zip knows
  info.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
  QuaZipFile file(&zip);
  const bool sound = file.open(QIODevice::WriteOnly, info, nullptr, 0, Stored, 0) &&
                     file.write(entry.bytes) == entry.bytes.size() && file.getZipError() == ZIP_OK;
  file.close();
  return sound && file.getZipError() == ZIP_OK;
}

}  // namespace

void writeArchive(QIODevice &device, const std::vector<ArchiveEntry> &entries, const QString &place,
                  const ArchiveLimits &limits) {
  Account account(place, limits);
  for (const ArchiveEntry &entry : entries) account.add(entry.name, entry.bytes.size());
  QuaZip zip(&device);
  zip.setAutoClose(false);  // or it would close, and so commit, a file that is half written
  zip.setDataDescriptorWritingEnabled(false);
  zip.setOsCode(Unix);
  // The archive's own errors are numbers; the device knows what the system said.
  if (!zip.open(QuaZip::mdCreate)) throw writeError(place, reasonOf(device));
  for (const ArchiveEntry &entry : entries)
    if (!writeEntry(zip, entry)) throw writeError(place, reasonOf(device));
  zip.close();
  if (zip.getZipError() != ZIP_OK) throw writeError(place, reasonOf(device));
}

// Every archive begins with an entry and ends with a record of 22 bytes (with no comment behind it).
static bool isWhole(QIODevice &device) {
  constexpr qint64 EndRecord = 22;
  if (!device.seek(std::max<qint64>(0, device.size() - EndRecord))) return false;
  const QByteArray end = device.read(EndRecord);
  return device.seek(0) && end.size() == EndRecord && end.startsWith("PK\x05\x06") && end.endsWith(QByteArray(2, '\0'));
}

std::vector<ArchiveEntry> readArchive(QIODevice &device, const QString &place, const ArchiveLimits &limits,
                                      const Watch &watch) {
  if (device.peek(4) != QByteArray("PK\x03\x04", 4)) throw Error(place, QStringLiteral("is no zip archive"));
  QuaZip zip(&device);
  zip.setAutoClose(false);
  if (!isWhole(device) || !zip.open(QuaZip::mdUnzip))
    throw Error(place, QStringLiteral("is cut off or damaged: its directory does not end with the file"), Damaged);
  Account account(place, limits);
  std::vector<ArchiveEntry> entries;
  qint64 room = device.size();  // entries may not share bytes of the file
  const int count = zip.getEntriesCount();
  for (bool more = zip.goToFirstFile(); more; more = zip.goToNextFile()) {
    QuaZipFileInfo64 entry;
    if (!zip.getCurrentFileInfo(&entry)) throw Error(place, QStringLiteral("its directory is damaged"), Damaged);
    const QString where = entryPlace(place, entry.name);
    checkPacking(entry, room, where, limits);
    const auto size = static_cast<qint64>(entry.uncompressedSize);
    account.add(entry.name, size);
    const auto share = [&](qint64 left) { return 1 - static_cast<double>(left) / static_cast<double>(device.size()); };
    const qint64 left = room - static_cast<qint64>(entry.compressedSize);
    entries.push_back({entry.name, readCurrent(zip, size, where, watch.part(share(room), share(left)))});
    room = left;
  }
  if (zip.getZipError() != UNZ_OK || static_cast<int>(entries.size()) != count)
    throw Error(place, QStringLiteral("its directory is damaged"), Damaged);
  return entries;
}

}  // namespace pimento
