// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// Keeps libtiff, which came with Qt's plugin for TIFF if that is loaded, from writing to standard error, where nobody
// knows of which file: that a picture can not be read is said by its reader.
void silenceTiff();

}  // namespace pimento
