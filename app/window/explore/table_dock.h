// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>
#include <cstdint>
#include <vector>

class QAbstractItemView;
class QTableView;

namespace pimento {

class DesignTableModel;
class Session;

// The designs of the view as a table that follows the chart, and the chart it.
class TableDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit TableDock(Session &session, QWidget *parent = nullptr);

  // Rows of the designs that are selected in `view`, in its order; empty if that is not this table.
  [[nodiscard]] std::vector<std::uint32_t> selectedDesigns(const QAbstractItemView &view) const;

 private:
  void showView();
  void showSelection();
  void showSort();

  Session &m_session;
  DesignTableModel *m_model;
  QTableView *m_view;
};

}  // namespace pimento
