// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <array>
#include <span>
#include <vector>

#include "app/session/what_if_steps.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace pimento {

class ParameterRow;
class Session;
class SteadyLabel;
class WholeBox;

// Every parameter of the accelerator at hand, in the order of the chain device → sense → array → chip → schedule: those
// that decide most first, the rest behind More. What is moved here is the what-if of the session.
class WhatIfPanel : public QWidget {
  Q_OBJECT
 public:
  explicit WhatIfPanel(Session &session, QWidget *parent = nullptr);

  void showSection(const QString &section);  // scrolls to it
  [[nodiscard]] QString status() const;

 Q_SIGNALS:
  void failed(const QString &problem);  // to keep a profile or to add an estimate; empty: it was done since
  void said(const QString &text);       // what was added

 protected:
  void showEvent(QShowEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;

 private:
  struct Section {
    QString name;
    QWidget *box = nullptr;
    QLabel *title = nullptr;
    QToolButton *more = nullptr;
    QVBoxLayout *rows = nullptr;
    std::vector<ParameterRow *> first;  // always shown
    std::vector<ParameterRow *> rest;
  };
  void buildSections();
  void addSection(const QString &name, QVBoxLayout *column);
  void refresh();
  void offer(QPushButton *button, bool useful);
  void showStatus();
  void showPresets(const Accelerator &base);
  void filterRows();
  void keepProfile();
  void buildBits(QVBoxLayout *column);
  void showBits();

  Session &m_session;
  QComboBox *m_presets;
  QPushButton *m_reset;
  QPushButton *m_keep;
  QPushButton *m_add;
  std::array<WholeBox *, 2> m_bits{};  // of weights, of activations
  SteadyLabel *m_status;
  QLineEdit *m_search;
  QScrollArea *m_area;
  std::vector<Section> m_sections;  // empty until the panel is first seen
  std::vector<Preset> m_presetList;
  std::vector<ParameterChanges> m_presetChanges;
  QString m_presetBase;  // hash
  QString m_problem;     // as last told
};

// Keys of the parameters that stand first in their sections.
[[nodiscard]] std::span<const char *const> leadingParameters();

}  // namespace pimento
