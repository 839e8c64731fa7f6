// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <functional>
#include <stop_token>

#include "core/data/dataset_facts.h"
#include "core/data/images.h"

namespace pimento {

// How pictures of any size become images of one size: the shorter side is scaled to `resize`, then the middle `crop` x
// `crop` pixels are kept. Pictures of exactly crop x crop pixels are taken as they are.
struct FolderOptions {
  int crop = 0;    // 0: the size that all pictures have; an Error if they differ
  int resize = 0;  // 0: crop; else not less than that (crop_problem.h)
  QString cache;   // folder for decoded pixels; empty: decoded every time
  std::function<void(std::size_t done, std::size_t all)> progress;
  std::stop_token stop;
};

// FOLDER/train/CLASS/… and FOLDER/test/CLASS/… (or val, as ImageNet has it; core/data/folder_layout.h tells the rest)
// with pictures (core/data/picture.h), classes and files in the order of their names, three channels. What is not read
// is counted and named in the note. Decoded once into a cache that is keyed by the names, sizes and times of the files
// and by the options, and mapped into memory from there: one picture at a time is held besides. Throws Error naming the
// picture or folder; stopping throws one too. At most 65,535 classes and 2^24 pictures.
[[nodiscard]] bool isImageFolder(const QString &folder);
[[nodiscard]] int imageFolderClasses(const QString &folder);  // without listing the pictures
[[nodiscard]] Dataset readImageFolder(const QString &folder, const FolderOptions &options = {});

// What is known of a folder of pictures without decoding them. The shape is that of the pictures with their options; 0
// x 0 where their sizes differ and nothing says to which they are cropped, as far as the headers of a thousand of them
// tell.
[[nodiscard]] DatasetFacts imageFolderFacts(const QString &folder, const FolderOptions &options = {});

}  // namespace pimento
