// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractButton>
#include <QApplication>
#include <QMessageBox>
#include <QTimer>

namespace pimento::test {

// Answers the next message box by the button of that text and keeps what it said.
class Answer {
 public:
  explicit Answer(const QString &button) {
    m_timer.setInterval(5);
    QObject::connect(&m_timer, &QTimer::timeout, [this, button] {
      auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
      if (box == nullptr) return;
      m_text = box->text();
      for (QAbstractButton *choice : box->buttons())
        if (choice->text().remove(QLatin1Char('&')) == button) return choice->click();
      box->reject();
    });
    m_timer.start();
  }
  [[nodiscard]] const QString &text() const { return m_text; }

 private:
  QTimer m_timer;
  QString m_text;
};

}  // namespace pimento::test
