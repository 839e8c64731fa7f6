// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>

class QTreeView;

namespace pimento {

class DesignsTreeModel;
class Session;
class VariantPicker;

// The designs as a tree, and below it the picker of classification modules or widths of the network at hand.
class DesignsDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit DesignsDock(Session &session, QWidget *parent = nullptr);

 private:
  void showSelection();

  Session &m_session;
  DesignsTreeModel *m_model;
  QTreeView *m_tree;
  VariantPicker *m_picker;
};

}  // namespace pimento
