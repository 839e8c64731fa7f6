// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does to a widget, as events.
#pragma once
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWidget>

namespace pimento::test {

inline void key(QWidget &widget, int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QKeyEvent press(QEvent::KeyPress, code, modifiers);
  QCoreApplication::sendEvent(&widget, &press);
}

inline void mouse(QWidget &widget, QEvent::Type type, QPointF at, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
  QMouseEvent event(type, at, widget.mapToGlobal(at), button, Qt::LeftButton, modifiers);
  QCoreApplication::sendEvent(&widget, &event);
}

inline void click(QWidget &widget, QPointF at) { mouse(widget, QEvent::MouseButtonPress, at); }

}  // namespace pimento::test
