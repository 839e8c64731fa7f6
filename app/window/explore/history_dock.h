// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>
#include <functional>

class QLineEdit;

namespace pimento {

class Session;

// What was done, a step a line: pressing a line goes there. Below it the command line that gives what is shown.
class HistoryDock : public QDockWidget {
  Q_OBJECT
 public:
  HistoryDock(Session &session, std::function<QString()> command, QWidget *parent = nullptr);
  void showCommand();

 private:
  std::function<QString()> m_command;
  QLineEdit *m_line;
};

}  // namespace pimento
