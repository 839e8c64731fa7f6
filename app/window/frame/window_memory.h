// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QRect>
#include <QString>

class QMainWindow;
class QWidget;

namespace pimento {

// Where a window stood and how its docks lay, in the user's settings.
void rememberPlace(const QWidget &window);
[[nodiscard]] bool recallPlace(QWidget &window);  // false: nothing is remembered; brought back if no screen shows it

// A layout belongs to a kind of window ("narrow", "wide"): one of a large window is of no use in a small one.
void rememberDocks(const QString &kind, const QByteArray &state);
[[nodiscard]] QByteArray recalledDocks(const QString &kind);  // empty: nothing is remembered

// The rectangle moved and made smaller until one of the screens shows it, if none shows enough of it to take hold of.
[[nodiscard]] QRect broughtBack(const QRect &window, const QList<QRect> &screens);

}  // namespace pimento
