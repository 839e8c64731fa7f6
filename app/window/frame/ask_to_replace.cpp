// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/ask_to_replace.h"

#include <QMessageBox>
#include <QPushButton>

namespace pimento {

bool mayReplace(QWidget *parent, const QString &path, const std::optional<FileStamp> &there,
                const std::optional<Known> &ours) {
  if (!there) return true;
  QMessageBox box(QMessageBox::Warning, QStringLiteral("Replace a file"), replaceQuestion(path, *there, ours),
                  QMessageBox::NoButton, parent);
  box.setObjectName(QStringLiteral("replaceFile"));
  const auto *replace = box.addButton(QStringLiteral("&Replace"), QMessageBox::DestructiveRole);
  box.setDefaultButton(box.addButton(QMessageBox::Cancel));
  box.exec();
  return box.clickedButton() == replace;
}

}  // namespace pimento
