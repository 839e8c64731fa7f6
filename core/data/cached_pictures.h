// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/image_folder.h"

namespace pimento {

// How pictures of a folder become images, with the user's cache of decoded ones.
[[nodiscard]] FolderOptions cachedPictures(int crop, int resize);

}  // namespace pimento
