// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/table_dock.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableView>
#include <algorithm>

#include "app/session/design_table_model.h"
#include "app/session/session.h"
#include "app/window/controls/scrolling.h"

namespace pimento {

namespace {

constexpr int RowsToMeasure = 100;  // for the widths of columns

}  // namespace

TableDock::TableDock(Session &session, QWidget *parent)
    : QDockWidget(QStringLiteral("Designs table"), parent),
      m_session(session),
      m_model(new DesignTableModel(session, this)),
      m_view(new QTableView) {
  setObjectName(QStringLiteral("tableDock"));
  m_view->setObjectName(QStringLiteral("designsTable"));
  m_view->setAccessibleName(QStringLiteral("Designs table"));
  m_view->setModel(m_model);
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setAlternatingRowColors(true);
  m_view->setTabKeyNavigation(false);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  m_view->horizontalHeader()->setResizeContentsPrecision(RowsToMeasure);
  m_view->horizontalHeader()->setSortIndicatorClearable(true);
  m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  m_view->setSortingEnabled(true);
  // The arrow says how the rows stand, not where was clicked: a column that can not be sorted by does not get it, and
  // undo, another project and columns that come and go take it along.
  connect(m_view->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &TableDock::showSort);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
    if (current.isValid()) m_session.select(m_model->designRow(current.row()));
  });
  connect(m_model, &QAbstractItemModel::modelReset, this, &TableDock::showView);
  connect(&session, &Session::selectionChanged, this, &TableDock::showSelection);
  keepCurrentInSight(*this, *m_view);
  setWidget(m_view);
  showView();
}

void TableDock::showSort() {
  const auto [column, order] = m_model->sorted();
  const QSignalBlocker quiet(m_view->horizontalHeader());
  m_view->horizontalHeader()->setSortIndicator(column, order);
}

std::vector<std::uint32_t> TableDock::selectedDesigns(const QAbstractItemView &view) const {
  std::vector<std::uint32_t> rows;
  if (&view != m_view) return rows;
  for (const QModelIndex &row : m_view->selectionModel()->selectedRows())
    rows.push_back(static_cast<std::uint32_t>(row.row()));
  std::sort(rows.begin(), rows.end());
  for (std::uint32_t &row : rows) row = m_model->designRow(static_cast<int>(row));
  return rows;
}

void TableDock::showView() {
  showSort();
  m_view->resizeColumnsToContents();
  showSelection();
}

void TableDock::showSelection() {
  const auto selected = m_session.selected();
  const QModelIndex at = selected ? m_model->indexOf(*selected) : QModelIndex();
  if (!at.isValid()) {
    m_view->selectionModel()->clear();
    return;
  }
  if (m_view->currentIndex().row() == at.row()) return;
  m_view->setCurrentIndex(at);
}

}  // namespace pimento
