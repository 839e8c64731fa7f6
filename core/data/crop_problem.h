// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// What is wrong with how pictures of a folder are to become images of one size (FolderOptions; 0: not given), in words
// that name both numbers: nothing crops what is only resized, or a crop is larger than the side to which pictures are
// resized. Empty: nothing.
[[nodiscard]] QString cropProblem(int crop, int resize);

// Throws Error naming `place` if there is something, with what helps.
void requireCrop(const QString &place, int crop, int resize);

}  // namespace pimento
