// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <functional>
#include <stop_token>

#include "core/data/images.h"

namespace pimento {

// How pictures of any size become images of one size: the shorter side is scaled to `resize`, then the middle `crop` x
// `crop` pixels are kept. Pictures of exactly crop x crop pixels are taken as they are.
struct FolderOptions {
  int crop = 0;    // 0: the size that all pictures have; an Error if they differ
  int resize = 0;  // 0: crop
  QString cache;   // folder for decoded pixels; empty: decoded every time
  std::function<void(std::size_t done, std::size_t all)> progress;
  std::stop_token stop;
};

// FOLDER/train/CLASS/*.png|jpg|jpeg|bmp and FOLDER/test/CLASS/… (or val/, as ImageNet has it), classes and files in the
// order of their names, three channels. Decoded once into a cache that is keyed by the names, sizes and times of the
// files and by the options, and mapped into memory from there. Throws Error naming the picture or folder; stopping
// throws one too. At most 65,535 classes and 2^24 pictures.
[[nodiscard]] bool isImageFolder(const QString &folder);
[[nodiscard]] int imageFolderClasses(const QString &folder);  // without decoding
[[nodiscard]] Dataset readImageFolder(const QString &folder, const FolderOptions &options = {});

// One picture scaled and cropped to the images of a data set; a grey set takes its brightness. Its label is 0. Throws
// Error if it can not be read or decoded, or for a shape of neither one nor three channels.
[[nodiscard]] Images readPicture(const QString &path, const Shape &shape);

}  // namespace pimento
