// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>

#include "core/base/report_table.h"

class QLabel;
class QTableView;

namespace pimento {

class CompareModel;
class Session;

// Pinned designs side by side; without pins it says how to pin.
class CompareDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit CompareDock(Session &session, QWidget *parent = nullptr);
  [[nodiscard]] ReportTable report() const;   // for programs
  [[nodiscard]] ReportTable summary() const;  // for people

 private:
  void showPins();
  void unpin(const QPoint &at);

  Session &m_session;
  CompareModel *m_model;
  QTableView *m_view;
  QLabel *m_legend;
  QLabel *m_help;
};

}  // namespace pimento
