// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>
#include <stop_token>
#include <vector>

namespace pimento {

// Where the two parts of a folder of pictures are: train (or training), and test (or testing, else val, valid,
// validation), in letters of any case. Empty where there is none.
struct FolderLayout {
  QString train;
  QString test;
  QString unread;  // a further one of these folders, such as valid beside test
};
[[nodiscard]] FolderLayout folderLayout(const QString &folder);

struct PictureFile {
  QString path;
  std::uint16_t label = 0;
};

// The pictures of PART/CLASS/…, folders inside those of classes included, in the order of classes and of their paths.
struct PictureList {
  std::vector<PictureFile> pictures;
  std::int64_t others = 0;  // files that are none, by their names
  QString firstOther;
  QStringList emptyClasses;  // without a folder, or with an empty one
};

// Throws Error for a class that is not among `classes`, for more than 2^24 pictures, if there are none, and when it is
// stopped. Links to files are followed, those to folders inside a class are not.
[[nodiscard]] PictureList listPictures(const QString &part, const QStringList &classes, const std::stop_token &stop);
[[nodiscard]] QStringList classFolders(const QString &part);

// What of both is not read, in a sentence or two; empty if nothing.
[[nodiscard]] QString unreadNote(const FolderLayout &layout, const PictureList &train, const PictureList &test);

// The last part of a folder's whole path, by which a set is called.
[[nodiscard]] QString folderName(const QString &folder);

// The lines of a small file, as one that names classes, without spaces around them and without empty ones.
[[nodiscard]] QStringList linesOf(const QByteArray &text);

// What a folder holds that is no data set, for people who expected one: "train, notes.txt and 3 others".
[[nodiscard]] QString contentOf(const QString &folder);

}  // namespace pimento
