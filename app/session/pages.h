// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <span>
#include <vector>

#include "app/session/figures.h"

namespace pimento {

class JobQueue;
class Page;
class Session;

// A page of the window: all that the window, its exports and the command line know of it. The table is that of
// app/window/frame/pages.cpp; whoever shows, exports or lists pages is given rows, so that others than the table's do.
struct PageRow {
  const char *name;   // "trade-off": for --page
  const char *title;  // of its tab
  Page *(*make)(Session &session, JobQueue &queue);

  // Its charts as `pimento export` writes them: those that have something to show. Null: it has none to write.
  std::vector<NamedFigure> (*exports)(const Session &session);

  // The words of the command line that gives its rows; empty if no command can. Null: it depends on what the page
  // shows at the moment, and the page says it (Page::command).
  QStringList (*command)(const Session &session);
};

// In the order of the tabs; the first is in front when something is opened.
[[nodiscard]] std::span<const PageRow> pages();

// All charts of a session that its pages write: names are those of the files.
[[nodiscard]] std::vector<NamedFigure> allFigures(const Session &session, std::span<const PageRow> rows = pages());

// "trade-off, breakdown or training"
[[nodiscard]] QString pageNames(std::span<const PageRow> rows = pages());

}  // namespace pimento
