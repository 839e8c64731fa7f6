// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/scrolling.h"

#include <QScrollArea>

namespace pimento {

QScrollArea *scrolling(QWidget *content) {
  auto *scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  return scroll;
}

}  // namespace pimento
