// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plain_text.h"

#include <QEvent>
#include <QLabel>
#include <QMessageBox>
#include <QTextDocument>

namespace pimento {

QString plainTip(const QString &text) {
  return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

bool PlainLabels::eventFilter(QObject *watched, QEvent *event) {
  if (event->type() == QEvent::Polish) {
    if (auto *box = qobject_cast<QMessageBox *>(watched)) {
      if (box->textFormat() == Qt::AutoText) box->setTextFormat(Qt::PlainText);
    } else if (auto *label = qobject_cast<QLabel *>(watched)) {
      const bool own = label->inherits("QTipLabel") || qobject_cast<QMessageBox *>(label->parentWidget()) != nullptr;
      if (!own && label->textFormat() == Qt::AutoText) label->setTextFormat(Qt::PlainText);
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace pimento
