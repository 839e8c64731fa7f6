// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/undo_keys.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>

#include "app/window/controls/number_box.h"

namespace pimento {

namespace {

// What a field could still take back. A spin box whose text is its value has handed it over already, and a field that
// is empty shows nothing that could go.
bool hasOwnUndo(QObject *field) {
  if (const auto *box = qobject_cast<QAbstractSpinBox *>(field)) return holdsTyping(*box);
  const auto *edit = qobject_cast<QLineEdit *>(field);
  return edit && !edit->text().isEmpty() && edit->isModified();
}

bool isField(QObject *object) { return qobject_cast<QLineEdit *>(object) || qobject_cast<QAbstractSpinBox *>(object); }

}  // namespace

UndoKeys::UndoKeys(QObject *parent) : QObject(parent) { qGuiApp->installEventFilter(this); }

bool UndoKeys::eventFilter(QObject *watched, QEvent *event) {
  if (event->type() != QEvent::ShortcutOverride || !isField(watched)) return false;
  const auto *key = static_cast<QKeyEvent *>(event);
  const bool undo = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
  if (!undo || hasOwnUndo(watched)) return false;
  event->ignore();
  return true;
}

}  // namespace pimento
