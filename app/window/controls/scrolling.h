// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
class QAbstractItemView;
class QDockWidget;
class QScrollArea;
class QWidget;

namespace pimento {

// The content in a frameless area that scrolls: it needs its height, a small window does not always have it.
[[nodiscard]] QScrollArea *scrolling(QWidget *content);

// Scrolls to the current item of a dock's view whenever that may be out of sight: it is another one, or its rows come
// in another order. Behind other docks, and before its rows are laid out, a view does not know what is in sight.
void keepCurrentInSight(QDockWidget &dock, QAbstractItemView &view);

}  // namespace pimento
