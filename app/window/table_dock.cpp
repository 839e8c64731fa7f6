// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/table_dock.h"

#include <QHeaderView>
#include <QTableView>

#include "app/window/design_table_model.h"
#include "app/window/session.h"

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
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
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
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
    if (current.isValid()) m_session.select(m_model->designRow(current.row()));
  });
  connect(m_model, &QAbstractItemModel::modelReset, this, &TableDock::showView);
  connect(&session, &Session::selectionChanged, this, &TableDock::showSelection);
  setWidget(m_view);
  showView();
}

void TableDock::showView() {
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
  m_view->scrollTo(at);
}

}  // namespace pimento
