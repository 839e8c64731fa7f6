// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/compare_dock.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include "app/session/compare_model.h"
#include "app/session/labels.h"
#include "app/session/session.h"

namespace pimento {

CompareDock::CompareDock(Session &session, QWidget *parent)
    : QDockWidget(QStringLiteral("Compare"), parent),
      m_session(session),
      m_model(new CompareModel(session, this)),
      m_view(new QTableView),
      m_legend(new QLabel),
      m_help(new QLabel(QStringLiteral("Pin designs to see them side by side: press Space in the chart, or Pin in the "
                                       "inspector. The first pin is what the others are compared with."))) {
  setObjectName(QStringLiteral("compareDock"));
  m_view->setObjectName(QStringLiteral("compareTable"));
  m_view->setAccessibleName(QStringLiteral("Compare"));
  m_view->setModel(m_model);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setAlternatingRowColors(true);
  m_view->setTabKeyNavigation(false);
  m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  m_view->setSelectionMode(QAbstractItemView::ContiguousSelection);
  m_view->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(m_view, &QTableView::customContextMenuRequested, this, &CompareDock::unpin);
  m_help->setWordWrap(true);
  m_help->setMargin(12);
  m_help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto *content = new QWidget;
  auto *either = new QStackedLayout(content);
  m_legend->setObjectName(QStringLiteral("compareLegend"));
  m_legend->setWordWrap(true);
  m_legend->setMargin(4);
  m_legend->setTextFormat(Qt::PlainText);
  m_legend->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto *pins = new QWidget;
  auto *column = new QVBoxLayout(pins);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_view, 1);
  column->addWidget(m_legend);
  either->addWidget(m_help);
  either->addWidget(pins);
  setWidget(content);
  connect(m_model, &QAbstractItemModel::modelReset, this, &CompareDock::showPins);
  showPins();
}

void CompareDock::showPins() {
  auto *either = static_cast<QStackedLayout *>(widget()->layout());
  either->setCurrentIndex(m_model->columnCount() == 0 ? 0 : 1);
  m_legend->setText(m_model->legend());
}

void CompareDock::unpin(const QPoint &at) {
  const QModelIndex index = m_view->indexAt(at);
  if (!index.isValid()) return;
  const std::uint32_t row = m_session.pinnedRows()[static_cast<std::size_t>(index.column())];
  QMenu menu;
  const QAction *unpin = menu.addAction(QStringLiteral("Unpin %1").arg(designName(m_session.table(), row)));
  if (menu.exec(m_view->viewport()->mapToGlobal(at)) == unpin) m_session.togglePin(row);
}

ReportTable CompareDock::report() const { return m_model->report(); }
ReportTable CompareDock::summary() const { return m_model->summary(); }

}  // namespace pimento
