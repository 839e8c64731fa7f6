// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/files/whole_file.h"

namespace pimento {

// What is wrong with a file of a format whose decoders take a part for the whole, or complain on standard error, where
// nobody knows of which file: PNG with a part that is cut off or whose checksum does not fit, BMP with fewer pixels
// than its header says, GIF whose first picture does not end. Empty: it is whole, or of another format.
[[nodiscard]] QString wholePictureProblem(OutsideFile &file, const QByteArray &format);

}  // namespace pimento
