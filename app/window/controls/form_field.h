// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFormLayout>
#include <QLabel>

namespace pimento {

// A row of a form: the label has the box as its buddy, the box bears the label's text as its accessible name.
template <class Box>
Box *formField(QFormLayout *fields, const QString &label, const char *name, Box *box) {
  box->setObjectName(QString::fromLatin1(name));
  box->setAccessibleName(QString(label).remove(QLatin1Char('&')));
  auto *text = new QLabel(label);
  text->setBuddy(box);
  fields->addRow(text, box);
  return box;
}

}  // namespace pimento
