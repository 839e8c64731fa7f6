// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>

class QTableView;

namespace pimento {

class DesignTableModel;
class Session;

// The designs of the view as a table that follows the chart, and the chart it.
class TableDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit TableDock(Session &session, QWidget *parent = nullptr);

 private:
  void showView();
  void showSelection();

  Session &m_session;
  DesignTableModel *m_model;
  QTableView *m_view;
};

}  // namespace pimento
