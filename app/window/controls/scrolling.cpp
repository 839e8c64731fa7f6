// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/scrolling.h"

#include <QAbstractItemView>
#include <QDockWidget>
#include <QScrollArea>
#include <QTimer>

namespace pimento {

QScrollArea *scrolling(QWidget *content) {
  auto *scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  return scroll;
}

void keepCurrentInSight(QDockWidget &dock, QAbstractItemView &view) {
  auto *later = new QTimer(&view);
  later->setSingleShot(true);
  later->setInterval(0);
  const auto soon = [later] { later->start(); };
  QObject::connect(later, &QTimer::timeout, &view, [&view] { view.scrollTo(view.currentIndex()); });
  QObject::connect(view.selectionModel(), &QItemSelectionModel::currentChanged, later, soon);
  QObject::connect(view.model(), &QAbstractItemModel::modelReset, later, soon);
  QObject::connect(&dock, &QDockWidget::visibilityChanged, later, soon);
}

}  // namespace pimento
