// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>

namespace pimento {

// Texts of files must not be taken for rich text: a tag in a name would be obeyed, and a picture that it names loaded.

// A text for a tool tip, whose format Qt guesses, so that it is shown as it is.
[[nodiscard]] QString plainTip(const QString &text);

// Sees to it that labels and message boxes whose format nobody has set show plain text, before they are first laid out.
// Those of rich text say so (setTextFormat). Of the whole application, as its event filter; tool tips excepted.
class PlainLabels : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  bool eventFilter(QObject *watched, QEvent *event) override;
};

}  // namespace pimento
