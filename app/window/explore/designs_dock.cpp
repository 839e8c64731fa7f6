// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/designs_dock.h"

#include <QHeaderView>
#include <QTreeView>
#include <QVBoxLayout>

#include "app/session/designs_tree_model.h"
#include "app/session/session.h"
#include "app/window/controls/scrolling.h"
#include "app/window/explore/variant_picker.h"

namespace pimento {

namespace {

constexpr std::size_t FewDesigns = 200;  // a tree of more opens folded

}  // namespace

DesignsDock::DesignsDock(Session &session, QWidget *parent)
    : QDockWidget(QStringLiteral("Designs"), parent),
      m_session(session),
      m_model(new DesignsTreeModel(session, this)),
      m_tree(new QTreeView),
      m_picker(new VariantPicker(session)) {
  setObjectName(QStringLiteral("designsDock"));
  m_tree->setObjectName(QStringLiteral("designsTree"));
  m_tree->setAccessibleName(QStringLiteral("Designs"));
  m_tree->setModel(m_model);
  m_tree->setUniformRowHeights(true);
  m_tree->setFrameShape(QFrame::NoFrame);
  m_tree->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
  m_tree->setIndentation(fontMetrics().averageCharWidth() * 2);
  m_tree->header()->setStretchLastSection(false);
  m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  m_tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
    if (const auto row = m_model->designRow(current)) m_session.select(row);
  });
  connect(m_model, &QAbstractItemModel::modelReset, this, &DesignsDock::showSelection);
  connect(&session, &Session::selectionChanged, this, &DesignsDock::showSelection);
  keepCurrentInSight(*this, *m_tree);
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_tree, 1);
  column->addWidget(m_picker);
  setWidget(content);
  showSelection();
}

void DesignsDock::showSelection() {
  if (m_session.rows().size() <= FewDesigns) m_tree->expandAll();
  const auto selected = m_session.selected();
  const QModelIndex at = selected ? m_model->indexOf(*selected) : QModelIndex();
  if (at.isValid()) {
    // A variant of one design is itself that design: do not move the mark from it to the row below.
    if (m_model->designRow(m_tree->currentIndex()) == selected) return;
    m_tree->setCurrentIndex(at);
  } else {
    m_tree->selectionModel()->clear();
  }
}

}  // namespace pimento
