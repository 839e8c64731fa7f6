// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// Whether the environment names a display that was not found unusable.
[[nodiscard]] bool hasDisplay();

// Why this program was started anew without its display; empty if it was not.
[[nodiscard]] QString displayProblem();

// Qt aborts when it can not use the display. After this, and until displayWorks(), the program starts itself anew
// instead, drawing off screen. Call it with the arguments of main, before the application object is made.
void startAnewWithoutDisplay(int argc, char **argv);
void displayWorks();

// Keeps Qt's remarks on a missing desktop from standard error, which is for this program's own; what Qt would abort for
// ends the program with one line and exit code 1.
void quietQt();

}  // namespace pimento
