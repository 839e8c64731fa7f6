// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <QToolBar>

class QActionGroup;
class QComboBox;
class QMenu;
class QToolButton;

namespace pimento {

class Session;

// What all pages look at: whole inference or head only, data set, DECO's way of training, networks.
class FilterBar : public QToolBar {
  Q_OBJECT
 public:
  explicit FilterBar(Session &session, QWidget *parent = nullptr);

 private:
  QComboBox *addPicker(const QString &title, const QString &objectName);
  void addScopes();
  void fillPickers();  // the names there are, when the tables change
  void fillNetworks();
  void addSearch();  // below the networks that are listed, where there are more
  void showNetworks(const QString &text, const QStringList &names);
  void showView();

  Session &m_session;
  QActionGroup *m_scopes;
  QComboBox *m_dataset;
  QComboBox *m_training;
  QToolButton *m_networks;
  QMenu *m_networkMenu;
  QStringList m_names;  // of all networks of the table
};

}  // namespace pimento
