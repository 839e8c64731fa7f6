// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/verb.h"
#include "core/data/image_folder.h"

namespace pimento {

// --crop and --resize, as every verb that opens a data set has them.
void addPictureOptions(VerbParser &parser);

// As given, with the user's cache. Throws Error for what is no size, or does not fit (crop_problem.h).
[[nodiscard]] FolderOptions pictureOptionsOf(const VerbParser &parser);

}  // namespace pimento
