// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>

namespace pimento {

// Undo and redo keys are the session's, unless a field holds typed text that it could take back itself: text fields
// claim these keys always, even when they have nothing to undo. Lives as long as the window does.
class UndoKeys : public QObject {
 public:
  explicit UndoKeys(QObject *parent);
  bool eventFilter(QObject *watched, QEvent *event) override;
};

}  // namespace pimento
