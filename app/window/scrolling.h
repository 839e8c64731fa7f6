// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
class QScrollArea;
class QWidget;

namespace pimento {

// The content in a frameless area that scrolls: it needs its height, a small window does not always have it.
[[nodiscard]] QScrollArea *scrolling(QWidget *content);

}  // namespace pimento
