// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUuid>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/archive.h"
#include "core/project/project_file.h"
#include "core/project/project_json.h"

namespace pimento {

namespace {

constexpr std::chrono::milliseconds Moment(100);  // that another program may need to look whether a journal is held
constexpr int YoungSeconds = 60;                  // a folder without a journal may be about to get one
constexpr qint64 MaxOrigin = 1 << 16;

QString workFile(const QString &folder) { return QDir(folder).filePath(QStringLiteral("work.pimento")); }
QString originFile(const QString &folder) { return QDir(folder).filePath(QStringLiteral("origin.json")); }
QString lockFile(const QString &folder) { return QDir(folder).filePath(QStringLiteral("lock")); }

// 64-bit numbers as text: JSON's are doubles.
QByteArray writeOrigin(const WorkOrigin &origin) {
  QJsonObject object{{QStringLiteral("project"), origin.project}, {QStringLiteral("title"), origin.title}};
  if (origin.stamp) {
    object.insert(QStringLiteral("modified_ns"), QString::number(origin.stamp->modified_ns));
    object.insert(QStringLiteral("bytes"), QString::number(origin.stamp->bytes));
  }
  return QJsonDocument(object).toJson();
}

// What can not be read means work without a file: it is offered all the same.
WorkOrigin readOrigin(const QString &folder) {
  QFile file(originFile(folder));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QJsonObject object = QJsonDocument::fromJson(file.read(MaxOrigin)).object();
  WorkOrigin origin{object[QStringLiteral("project")].toString(), std::nullopt,
                    object[QStringLiteral("title")].toString()};
  const QString modified = object[QStringLiteral("modified_ns")].toString();
  if (!modified.isEmpty())
    origin.stamp = FileStamp{modified.toLongLong(), object[QStringLiteral("bytes")].toString().toLongLong()};
  return origin;
}

// The lock of a journal whose program has ended; nothing if it lives.
std::optional<FileLock> lockOf(const QString &folder) { return FileLock::tryLock(lockFile(folder), Moment, folder); }

// The work first: from then on nothing is offered, whatever comes between.
void removeFiles(const QString &folder) {
  QFile work(workFile(folder));
  if (!work.remove() && work.exists())
    throw Error(folder, QStringLiteral("can not be removed (%1)").arg(work.errorString()),
                QStringLiteral("remove it by hand, or it is offered again"));
  QFile::remove(originFile(folder));
}

// A folder that its program made and never wrote work into. One that can not be removed does no harm.
void removeEmpty(const QString &folder) {
  if (QFileInfo(folder).lastModified().secsTo(QDateTime::currentDateTime()) < YoungSeconds) return;
  try {
    const auto lock = lockOf(folder);
    if (!lock || QFile::exists(workFile(folder))) return;
    QFile::remove(originFile(folder));
    for (const QString &torn : QDir(folder).entryList({QStringLiteral("work.pimento.*")}, QDir::Files))
      QFile::remove(QDir(folder).filePath(torn));
  } catch (const Error &) {
    return;
  }
  QDir().rmdir(folder);
}

}  // namespace

QString recoveryFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/recovery");
}

std::vector<Journal> journalsLeftBehind(const QString &recovery) {
  std::vector<Journal> found;
  for (const QFileInfo &entry : QDir(recovery).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
    const QString folder = entry.filePath();
    if (lockOwner(lockFile(folder))) continue;
    const QFileInfo work(workFile(folder));
    if (work.isFile())
      found.push_back({folder, readOrigin(folder), work.lastModified()});
    else
      removeEmpty(folder);
  }
  std::ranges::stable_sort(found, std::greater(), &Journal::written);
  return found;
}

std::shared_ptr<HeldJournal> HeldJournal::begin(const WorkOrigin &origin, const QString &recovery) {
  const QString folder = QDir(recovery).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces));
  makeFolder(folder);
  auto lock = lockOf(folder);
  if (!lock) throw Error(folder, QStringLiteral("is held by another program"));  // can not be: its name is new
  std::shared_ptr<HeldJournal> journal(new HeldJournal(folder, std::move(*lock)));
  writeWhole(originFile(folder), writeOrigin(origin));
  return journal;
}

std::shared_ptr<HeldJournal> HeldJournal::adopt(const Journal &journal) {
  if (!QFileInfo(workFile(journal.folder)).isFile())
    throw Error(journal.folder, QStringLiteral("this work is not there any more"),
                QStringLiteral("another window has restored or discarded it"));
  auto lock = lockOf(journal.folder);
  if (!lock || !QFileInfo(workFile(journal.folder)).isFile())
    throw Error(journal.folder, QStringLiteral("another window has this work"));
  return std::shared_ptr<HeldJournal>(new HeldJournal(journal.folder, std::move(*lock)));
}

Project HeldJournal::project() const { return openProject(workFile(m_folder)); }

void HeldJournal::write(const Project &project) {
  const auto answered = [this] {
    const std::lock_guard guard(m_mutex);
    return m_answered;
  };
  if (answered()) return;
  const QString path = workFile(m_folder);
  const std::vector<ArchiveEntry> entries = projectEntries(project);
  if (answered()) return;
  SaveFile file(path);
  writeArchive(file.device(), entries, path);
  if (answered()) return;
  file.bringToDisk();
  const std::lock_guard guard(m_mutex);  // an answer comes before the new file has its name, or after
  if (!m_answered) file.commit();
}

void HeldJournal::answer() {
  const std::lock_guard guard(m_mutex);
  if (std::exchange(m_answered, true)) return;
  removeFiles(m_folder);
  m_lock.reset();
  QDir().rmdir(m_folder);  // unless a write that is under way still has its file there
}

}  // namespace pimento
