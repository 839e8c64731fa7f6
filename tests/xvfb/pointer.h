// SPDX-License-Identifier: GPL-3.0-or-later
// The pointer and the keys of the X server, moved by xdotool.
#pragma once
#include <QStringList>
#include <QWidget>
#include <functional>

namespace pimento::test {

// Whether a condition comes true within half a minute (or `seconds`) of events.
bool becomesTrue(const std::function<bool()> &condition, int seconds = 30);

void xdotool(const QStringList &arguments);
void click(const QWidget &widget, QPoint at);
void click(const QWidget &widget);
// Presses keys while the click has its own loop of events, as that of a menu.
void clickAndPress(const QWidget &widget, const QStringList &keys);
void press(const char *keys);
void type(const QString &text);

}  // namespace pimento::test
