// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_sizes.h"

#include <algorithm>

#include "core/data/folder_layout.h"
#include "core/data/image_folder.h"
#include "core/data/picture.h"

namespace pimento {

namespace {

PartSizes sizesOf(const QString &part, const PictureList &list, qsizetype classes) {
  PartSizes sizes{part, 0, 0, {}};
  std::vector<std::int64_t> each(static_cast<std::size_t>(classes));
  for (const PictureFile &picture : list.pictures) {
    sizes.pictures.push_back(pictureSize(picture.path));
    ++each[picture.label];
  }
  const auto [least, most] = std::ranges::minmax_element(each);
  sizes.classLeast = *least;
  sizes.classMost = *most;
  return sizes;
}

void appendPart(ReportTable &table, const FolderSizes &sizes, const PartSizes &part) {
  const auto [narrow, wide] = std::ranges::minmax(part.pictures, {}, &QSize::width);
  const auto [low, high] = std::ranges::minmax(part.pictures, {}, &QSize::height);
  table.rows.push_back({sizes.name, part.part, qint64(part.pictures.size()), qint64(sizes.classes),
                        qint64(part.classLeast), qint64(part.classMost), qint64(narrow.width()), qint64(wide.width()),
                        qint64(low.height()), qint64(high.height()), sizes.note});
}

}  // namespace

bool FolderSizes::fit() const {
  const QSize first = parts.front().pictures.front();
  return first.width() == first.height() && std::ranges::all_of(parts, [&](const PartSizes &part) {
           return std::ranges::all_of(part.pictures, [&](const QSize &size) { return size == first; });
         });
}

int FolderSizes::shorter() const {
  std::vector<int> sides;
  for (const PartSizes &part : parts)
    for (const QSize &size : part.pictures) sides.push_back(std::min(size.width(), size.height()));
  const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
  std::ranges::nth_element(sides, middle);
  return *middle;
}

FolderSizes folderSizes(const QString &folder) {
  const FolderLayout layout = folderLayout(folder);
  const QStringList classes = classFolders(layout.train);
  const PictureList train = listPictures(layout.train, classes, {});
  const PictureList test = listPictures(layout.test, classes, {});
  return {
      folderName(folder),
      static_cast<int>(classes.size()),
      {sizesOf(QStringLiteral("train"), train, classes.size()), sizesOf(QStringLiteral("test"), test, classes.size())},
      unreadNote(layout, train, test)};
}

ReportTable describe(const FolderSizes &sizes) {
  ReportTable table;
  for (const char *name : {"set", "part", "images", "classes", "class_least", "class_most", "width_least", "width_most",
                           "height_least", "height_most", "note"})
    table.columns << QString::fromLatin1(name);
  for (const PartSizes &part : sizes.parts) appendPart(table, sizes, part);
  return table;
}

QString cropAdvice(const FolderSizes &sizes) {
  constexpr int MostResize = 256;
  const int resize = std::min(sizes.shorter(), MostResize);
  const int crop = std::max(1, resize * 7 / 8);
  return QStringLiteral(
             "To train on these pictures, say to which size they are cropped, such as --crop %1 --resize %2: "
             "the shorter side is scaled to %2 pixels, and the middle %1 x %1 are kept. --scale fits them to "
             "a network of another input.")
      .arg(crop)
      .arg(resize);
}

}  // namespace pimento
