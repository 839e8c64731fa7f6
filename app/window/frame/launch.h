// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSize>
#include <QString>
#include <optional>

#include "app/window/controls/colours.h"

namespace pimento {

// What the command line asks of the window.
struct WindowRequest {
  QString file;            // to open
  bool published = false;  // open the published results
  QString page;            // tab in front; empty: the first, or the project's
  Colours colours = Colours::System;
  std::optional<QSize> size;    // of the window; none: as it was the last time, at first 1280 x 800
  double scale = 0;             // of everything; 0: the system's
  QString screenshot;           // draw the window off screen into this PNG file and quit
  bool timeFirstPaint = false;  // say when the first frame was on the screen, and quit
};

// The request, or none if the arguments name a verb. Throws Error for bad use.
[[nodiscard]] std::optional<WindowRequest> windowRequest(const QStringList &arguments);

// Shows the window until it is closed. Without a display that works it is drawn into pimento-explorer.png in the
// current directory and the designs are printed. Returns the exit code; throws Error if a file can not be opened or
// written off screen.
int runWindow(int &argc, char **argv, const WindowRequest &request);

}  // namespace pimento
