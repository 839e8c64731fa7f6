// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// Libraries that draw (fonts, rasters, images) go on with null pointers where there is no memory. After this, such an
// end is said in one line on standard error, with exit code 1, in place of a crash. For what only draws into files.
void sayLastWords();

}  // namespace pimento
