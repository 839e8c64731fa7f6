// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <map>

#include "core/base/metric.h"

class QHBoxLayout;
class QLineEdit;
class QMenu;

namespace pimento {

class Session;
class SteadyLabel;

// Limits a design has to keep, one field a metric, and the design that does best within them.
class BudgetBar : public QWidget {
  Q_OBJECT
 public:
  explicit BudgetBar(Session &session, QWidget *parent = nullptr);

  // The sentence of what does best: for the page to place; empty without budgets.
  [[nodiscard]] SteadyLabel *answer() const { return m_answer; }

 Q_SIGNALS:
  void answerChanged();

 private:
  struct Field {
    QWidget *box = nullptr;
    QLineEdit *edit = nullptr;
    bool bad = false;  // what stands in it was not taken
  };
  void addField(Metric metric);
  void commit(Metric metric);
  void recheck(Metric metric);  // a field that was bad may be right again
  void forget();
  void showView();
  void showAnswer();

  Session &m_session;
  QHBoxLayout *m_row;
  QMenu *m_more;
  SteadyLabel *m_answer;
  std::map<Metric, Field> m_fields;
};

}  // namespace pimento
