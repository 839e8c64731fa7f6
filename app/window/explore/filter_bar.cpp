// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/filter_bar.h"

#include <QActionGroup>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QSet>
#include <QToolButton>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/window/controls/colours.h"
#include "core/base/format.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

constexpr qsizetype MostListed = 200;  // networks in the menu

// Names that a part of the key takes in the table, in the order of their first row.
QStringList namesOf(const DesignTable &table, NameId DesignKey::*part) {
  std::vector<bool> seen(static_cast<std::size_t>(table.names().size()), false);
  QStringList names;
  for (const DesignKey &key : table.keys()) {
    const NameId id = key.*part;
    if (id == 0 || seen[id]) continue;
    seen[id] = true;
    names << table.name(id);
  }
  return names;
}

// Ways of training that modular families come in; those of other networks are not alternatives to each other.
QStringList modularTrainings(const DesignTable &table) {
  std::vector<NameId> modular;
  for (const QString &family : modularFamilies())
    if (const auto id = table.find(family)) modular.push_back(*id);
  QStringList names;
  for (const DesignKey &key : table.keys()) {
    if (key.training == 0 || std::find(modular.begin(), modular.end(), key.network) == modular.end()) continue;
    const QString &name = table.name(key.training);
    if (!names.contains(name)) names << name;
    if (names.size() > 8) break;
  }
  return names;
}

void fill(QComboBox &box, const QString &all, const QStringList &names, QString (*title)(const QString &)) {
  const QSignalBlocker quiet(box);
  box.clear();
  box.addItem(all, QString());
  for (const QString &name : names) box.addItem(title(name), name);
}

QString asItIs(const QString &name) { return name; }

}  // namespace

FilterBar::FilterBar(Session &session, QWidget *parent)
    : QToolBar(QStringLiteral("Filters"), parent), m_session(session), m_scopes(new QActionGroup(this)) {
  setObjectName(QStringLiteral("filterBar"));
  setMovable(false);
  addScopes();
  addSeparator();
  m_dataset = addPicker(QStringLiteral("Data set"), QStringLiteral("datasetPicker"));
  m_training = addPicker(QStringLiteral("DECO training"), QStringLiteral("trainingPicker"));
  connect(m_dataset, &QComboBox::activated, this, [this] {
    ViewState view = m_session.view();
    view.filter.datasets = m_dataset->currentData().toString().isEmpty()
                               ? QStringList()
                               : QStringList(m_dataset->currentData().toString());
    m_session.change(QStringLiteral("Data set: %1").arg(m_dataset->currentText()), view);
  });
  connect(m_training, &QComboBox::activated, this, [this] {
    ViewState view = m_session.view();
    const QString name = m_training->currentData().toString();
    view.filter.modularTrainings = name.isEmpty() ? QStringList() : QStringList(name);
    m_session.change(QStringLiteral("DECO training: %1").arg(m_training->currentText()), view);
  });
  setStyleSheet(chosenLook());
  m_networks = new QToolButton;
  m_networks->setObjectName(QStringLiteral("networkPicker"));
  m_networks->setPopupMode(QToolButton::InstantPopup);
  m_networks->setAccessibleName(QStringLiteral("Networks shown"));
  m_networkMenu = new QMenu(m_networks);
  m_networks->setMenu(m_networkMenu);
  addWidget(m_networks);
  connect(&session, &Session::tableChanged, this, &FilterBar::fillPickers);
  connect(&session, &Session::viewChanged, this, &FilterBar::showView);
  fillPickers();
  showView();
}

QComboBox *FilterBar::addPicker(const QString &title, const QString &objectName) {
  auto *label = new QLabel(QStringLiteral(" %1 ").arg(title));
  auto *box = new QComboBox;
  box->setObjectName(objectName);
  box->setAccessibleName(title);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  label->setBuddy(box);
  addWidget(label);
  addWidget(box);
  return box;
}

void FilterBar::addScopes() {
  for (const Scope scope : {Scope::Whole, Scope::Head}) {
    QAction *action = addAction(scopeTitle(scope));
    action->setObjectName(QStringLiteral("scope_") + scopeName(scope));
    action->setCheckable(true);
    action->setShortcut(scope == Scope::Whole ? QKeySequence(QStringLiteral("Ctrl+1"))
                                              : QKeySequence(QStringLiteral("Ctrl+2")));
    action->setToolTip(scope == Scope::Whole
                           ? QStringLiteral("Cost of feature extractor and classification module together")
                           : QStringLiteral("Cost of the classification module alone: the extractor has run already"));
    m_scopes->addAction(action);
    connect(action, &QAction::triggered, this, [this, scope] {
      ViewState view = m_session.view();
      view.filter.scope = scope;
      m_session.change(QStringLiteral("Scope: %1").arg(scopeTitle(scope)), view);
    });
  }
}

void FilterBar::fillPickers() {
  const DesignTable &table = m_session.table();
  fill(*m_dataset, QStringLiteral("All"), namesOf(table, &DesignKey::dataset), datasetTitle);
  fill(*m_training, QStringLiteral("All"), modularTrainings(table), asItIs);
  fillNetworks();
}

void FilterBar::fillNetworks() {
  m_networkMenu->clear();
  m_names = namesOf(m_session.table(), &DesignKey::network);
  for (const QString &name : m_names.first(std::min(m_names.size(), MostListed))) {
    QAction *action = m_networkMenu->addAction(networkTitle(name));
    action->setCheckable(true);
    action->setData(name);
    connect(action, &QAction::triggered, this, [this, name](bool shown) {
      QStringList chosen = m_session.view().filter.networks;
      if (chosen.isEmpty()) chosen = m_names;
      chosen.removeAll(name);
      if (shown) chosen << name;
      showNetworks((shown ? QStringLiteral("Show %1") : QStringLiteral("Hide %1")).arg(networkTitle(name)), chosen);
    });
  }
  if (m_names.size() > MostListed) addSearch();
}

void FilterBar::addSearch() {
  m_networkMenu->addSeparator();
  QAction *search = m_networkMenu->addAction(QStringLiteral("Networks whose name contains…"));
  search->setObjectName(QStringLiteral("searchNetworks"));
  connect(search, &QAction::triggered, this, [this] {
    const QString part =
        QInputDialog::getText(this, QStringLiteral("Networks"),
                              QStringLiteral("%1 of %2 networks are listed. Show those whose name contains")
                                  .arg(grouped(MostListed), grouped(m_names.size())));
    if (part.isEmpty()) return;
    const QStringList found = m_names.filter(part, Qt::CaseInsensitive);
    if (found.isEmpty())
      return m_session.complain(objectName(), QStringLiteral("No network's name contains “%1”.").arg(part));
    m_session.complain(objectName(), QString());
    showNetworks(QStringLiteral("Networks with “%1”").arg(part), found);
  });
  QAction *all = m_networkMenu->addAction(QStringLiteral("All networks"));
  connect(all, &QAction::triggered, this, [this] { showNetworks(QStringLiteral("All networks"), m_names); });
}

// A filter that names all of them is none.
void FilterBar::showNetworks(const QString &text, const QStringList &names) {
  ViewState view = m_session.view();
  view.filter.networks = names.size() == m_names.size() ? QStringList() : names;
  m_session.change(text, view);
}

void FilterBar::showView() {
  const Filter &filter = m_session.view().filter;
  m_scopes->actions().at(m_session.view().scope() == Scope::Whole ? 0 : 1)->setChecked(true);
  const QSignalBlocker quietDataset(m_dataset);
  const QSignalBlocker quietTraining(m_training);
  m_dataset->setCurrentIndex(std::max(0, m_dataset->findData(filter.datasets.value(0))));
  m_training->setCurrentIndex(std::max(0, m_training->findData(filter.modularTrainings.value(0))));
  const auto isModular = [](const QString &network) { return modularFamilies().contains(network); };
  m_training->setEnabled(
      m_training->count() > 1 &&
      (filter.networks.isEmpty() || std::any_of(filter.networks.begin(), filter.networks.end(), isModular)));
  const QSet<QString> chosen(filter.networks.begin(), filter.networks.end());
  for (QAction *action : m_networkMenu->actions()) {
    if (!action->isCheckable()) continue;
    const bool shown = chosen.isEmpty() || chosen.contains(action->data().toString());
    action->setChecked(shown);
    action->setEnabled(!shown || chosen.size() != 1);  // the last one stays
  }
  m_networks->setText(chosen.isEmpty()
                          ? QStringLiteral("All networks")
                          : QStringLiteral("%1 of %2 networks").arg(grouped(chosen.size()), grouped(m_names.size())));
}

}  // namespace pimento
