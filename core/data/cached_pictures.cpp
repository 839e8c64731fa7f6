// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cached_pictures.h"

#include "core/data/dataset.h"

namespace pimento {

FolderOptions cachedPictures(int crop, int resize) {
  FolderOptions options;
  options.crop = crop;
  options.resize = resize;
  options.cache = decodedCache();
  return options;
}

}  // namespace pimento
