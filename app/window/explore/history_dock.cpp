// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/history_dock.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUndoView>
#include <QVBoxLayout>

#include "app/session/session.h"

namespace pimento {

HistoryDock::HistoryDock(Session &session, std::function<QString()> command, QWidget *parent)
    : QDockWidget(QStringLiteral("History"), parent), m_command(std::move(command)), m_line(new QLineEdit) {
  setObjectName(QStringLiteral("historyDock"));
  auto *steps = new QUndoView(&session.undoStack());
  steps->setObjectName(QStringLiteral("historySteps"));
  steps->setAccessibleName(QStringLiteral("Steps"));
  steps->setEmptyLabel(QStringLiteral("As opened"));
  steps->setFrameShape(QFrame::NoFrame);
  m_line->setReadOnly(true);
  m_line->setAccessibleName(QStringLiteral("Command line of what is shown"));
  auto *copy = new QPushButton(QStringLiteral("Copy as command"));
  connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_line->text()); });
  auto *row = new QHBoxLayout;
  row->setContentsMargins(6, 0, 6, 6);
  row->addWidget(m_line, 1);
  row->addWidget(copy);
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(steps, 1);
  column->addLayout(row);
  setWidget(content);
  connect(&session, &Session::viewChanged, this, &HistoryDock::showCommand);
  connect(&session, &Session::selectionChanged, this, &HistoryDock::showCommand);
}

void HistoryDock::showCommand() {
  m_line->setText(m_command());
  m_line->setCursorPosition(0);
}

}  // namespace pimento
