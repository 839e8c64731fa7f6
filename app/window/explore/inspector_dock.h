// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>

class QTextBrowser;
class QToolButton;

namespace pimento {

class Session;

// Everything known of the selected design: each metric with value, kind, formula, source and warnings, and for values
// a paper contradicts itself about, a link that switches to the corrected one.
class InspectorDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit InspectorDock(Session &session, QWidget *parent = nullptr);
  [[nodiscard]] QString text() const;

 protected:
  void changeEvent(QEvent *event) override;

 private:
  void reload();
  void reloadIfSeen();  // else once it is: a slider must not wait for a page of text that nobody reads
  void follow(const QUrl &link);

  Session &m_session;
  QTextBrowser *m_text;
  QToolButton *m_pin;
  bool m_stale = false;
};

}  // namespace pimento
