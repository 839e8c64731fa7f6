// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSize>
#include <QString>
#include <vector>

#include "core/base/report_table.h"

namespace pimento {

// The pictures of one part of an image folder, by their headers.
struct PartSizes {
  QString part;  // "train", "test"
  std::int64_t classLeast = 0;
  std::int64_t classMost = 0;
  std::vector<QSize> pictures;
};

// What an image folder holds before it is known how its pictures become images of one size.
struct FolderSizes {
  QString name;
  int classes = 0;
  std::vector<PartSizes> parts;
  QString note;                       // as DatasetFacts::note
  [[nodiscard]] bool fit() const;     // all are squares of one size, and need no crop
  [[nodiscard]] int shorter() const;  // the median of the shorter sides
};

// Reads the header of every picture. Throws Error as readImageFolder() does.
[[nodiscard]] FolderSizes folderSizes(const QString &folder);

// A row for train and test each: set, part, images, classes, least and most images a class, least and most width and
// height, note.
[[nodiscard]] ReportTable describe(const FolderSizes &sizes);

// Which --crop and --resize to give to train on them, in a sentence: seven eighths of the shorter side, at most the
// 224 of 256 pixels that is customary for ImageNet.
[[nodiscard]] QString cropAdvice(const FolderSizes &sizes);

}  // namespace pimento
