// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_layout.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/data/picture.h"

namespace pimento {

namespace {

constexpr qsizetype MaxPictures = 1 << 24;

// Those of the names that are folders here, in the order of the names; the very spelling goes before other cases.
QStringList foldersNamed(const QString &folder, std::initializer_list<const char *> names) {
  const QDir dir(folder);
  const QStringList inside = dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
  QStringList found;
  for (const char *word : names) {
    const QString name = QString::fromLatin1(word);
    if (inside.contains(name))
      found << dir.filePath(name);
    else
      for (const QString &other : inside)
        if (other.compare(name, Qt::CaseInsensitive) == 0) found << dir.filePath(other);
  }
  return found;
}

bool isReadable(const QString &file) {
  return pictureSuffixes().contains(QFileInfo(file).suffix(), Qt::CaseInsensitive);
}

// Paths inside the folder of a class, sorted.
QStringList filesIn(const QString &folder, const std::stop_token &stop) {
  QStringList files;
  QDirIterator at(folder, QDir::Files, QDirIterator::Subdirectories);
  while (at.hasNext()) {
    files << at.next();
    if (stop.stop_requested()) throw Error(folder, QStringLiteral("stopped before all pictures were listed"));
    if (files.size() > MaxPictures)
      throw Error(folder, QStringLiteral("holds more than %1 files").arg(grouped(MaxPictures)));
  }
  files.sort();
  return files;
}

}  // namespace

FolderLayout folderLayout(const QString &folder) {
  const QStringList train = foldersNamed(folder, {"train", "training"});
  const QStringList test = foldersNamed(folder, {"test", "testing", "val", "valid", "validation"});
  return {train.value(0), test.value(0), test.value(1)};
}

QStringList classFolders(const QString &part) {
  return QDir(part).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

PictureList listPictures(const QString &part, const QStringList &classes, const std::stop_token &stop) {
  PictureList list;
  const QDir dir(part);
  for (const QString &name : classFolders(part)) {
    const qsizetype label = classes.indexOf(name);
    if (label < 0)
      throw Error(part, QStringLiteral("class folder %1 is not in train").arg(quoted(name)),
                  QStringLiteral("both sets must have the same classes"));
    for (const QString &file : filesIn(dir.filePath(name), stop)) {
      if (isReadable(file))
        list.pictures.push_back({file, static_cast<std::uint16_t>(label)});
      else if (list.others++ == 0)
        list.firstOther = file;
    }
    if (static_cast<qsizetype>(list.pictures.size()) > MaxPictures)
      throw Error(part, QStringLiteral("holds more than %1 pictures").arg(grouped(MaxPictures)));
  }
  if (list.pictures.empty())
    throw Error(part, QStringLiteral("holds no pictures, but %1").arg(contentOf(part)),
                QStringLiteral("expected CLASS/… with %1").arg(pictureSuffixes().join(QStringLiteral(", "))));
  std::vector<bool> seen(static_cast<std::size_t>(classes.size()));
  for (const PictureFile &picture : list.pictures) seen[picture.label] = true;
  for (qsizetype i = 0; i < classes.size(); ++i)
    if (!seen[static_cast<std::size_t>(i)]) list.emptyClasses << classes[i];
  return list;
}

QString unreadNote(const FolderLayout &layout, const PictureList &train, const PictureList &test) {
  QStringList notes;
  if (const std::int64_t others = train.others + test.others; others > 0)
    notes << QStringLiteral("%1 %2 not read, such as %3")
                 .arg(grouped(others), others == 1 ? QStringLiteral("file is") : QStringLiteral("files are"),
                      train.others > 0 ? train.firstOther : test.firstOther);
  if (!train.emptyClasses.isEmpty())
    notes << QStringLiteral("no training pictures of %1").arg(train.emptyClasses.join(QStringLiteral(", ")));
  if (!test.emptyClasses.isEmpty())
    notes << QStringLiteral("no test pictures of %1").arg(test.emptyClasses.join(QStringLiteral(", ")));
  if (const QString name = QFileInfo(layout.test).fileName(); name.toLower() != QStringLiteral("test"))
    notes << QStringLiteral("%1 is the test set").arg(name);
  if (!layout.unread.isEmpty()) notes << QStringLiteral("%1 is not read").arg(QFileInfo(layout.unread).fileName());
  return notes.join(QStringLiteral("; "));
}

QString folderName(const QString &folder) { return QDir(QFileInfo(folder).absoluteFilePath()).dirName(); }

QStringList linesOf(const QByteArray &text) {
  QStringList lines;
  for (const QString &line : QString::fromUtf8(text).split(QLatin1Char('\n')))
    if (const QString name = line.trimmed(); !name.isEmpty()) lines << name;
  return lines;
}

QString contentOf(const QString &folder) {
  constexpr qsizetype Named = 6;
  const QStringList all = QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::DirsFirst | QDir::Name);
  if (all.isEmpty()) return QStringLiteral("nothing");
  QStringList names;
  for (const QString &name : all.mid(0, Named)) names << quoted(name);
  const QString text = names.join(QStringLiteral(", "));
  return all.size() > Named ? text + QStringLiteral(" and %1 others").arg(all.size() - Named) : text;
}

}  // namespace pimento
