// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/budget_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include "app/session/budget_answer.h"
#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/window/controls/steady_label.h"
#include "core/base/error.h"
#include "core/base/escaping.h"
#include "core/base/format.h"
#include "core/base/units.h"

namespace pimento {

namespace {

QString about(Metric metric) { return QStringLiteral("budget ") + metricKey(metric); }

constexpr int AnswerLines = 2;

QLabel *caption(const QString &text) {
  auto *label = new QLabel(text);
  label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
  return label;
}

// At most for what should be small, at least for what should be large.
QString comparison(Metric metric) {
  return info(metric).sense == Sense::Minimise ? QStringLiteral("≤") : QStringLiteral("≥");
}

double limitFrom(Metric metric, const QString &typed) {
  return parseValue(metric, typed, QStringLiteral("%1 budget").arg(metricTitle(metric)));
}

}  // namespace

BudgetBar::BudgetBar(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_row(new QHBoxLayout),
      m_more(new QMenu(this)),
      m_answer(new SteadyLabel(AnswerLines)) {
  setObjectName(QStringLiteral("budgetBar"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  m_row->setContentsMargins(0, 0, 0, 0);
  m_row->addWidget(caption(QStringLiteral("Budget:")));
  addField(Metric::Energy);
  addField(Metric::Latency);
  auto *more = new QToolButton;
  more->setText(QStringLiteral("More"));
  more->setObjectName(QStringLiteral("moreBudgets"));
  more->setAccessibleName(QStringLiteral("Limit another metric"));
  more->setPopupMode(QToolButton::InstantPopup);
  more->setMenu(m_more);
  for (const Metric metric : {Metric::Power, Metric::Area, Metric::Memory, Metric::Accuracy})
    connect(m_more->addAction(metricTitle(metric)), &QAction::triggered, this, [this, metric] {
      addField(metric);
      m_fields[metric].edit->setFocus();
    });
  m_row->addWidget(more);
  m_row->addStretch(1);
  m_answer->setObjectName(QStringLiteral("budgetAnswer"));
  m_answer->setAccessibleName(QStringLiteral("Answer to the budget"));
  m_answer->setTextFormat(Qt::RichText);
  m_answer->setHint(QStringLiteral("Type a limit: the best design within it is named here and marked on the chart."));
  connect(m_answer, &QLabel::linkActivated, this, [this] {
    const BudgetAnswer answer = answerBudget(m_session);
    if (const auto row = answer.best ? answer.best : answer.nearest) m_session.select(row);
  });
  setLayout(m_row);
  connect(&session, &Session::viewChanged, this, &BudgetBar::showView);
  connect(&session, &Session::opened, this, &BudgetBar::forget);
  showView();
}

// What was typed for another project is of no use here.
void BudgetBar::forget() {
  for (auto &[metric, field] : m_fields) {
    if (field.bad) m_session.complain(about(metric), {});
    field.bad = false;
  }
  showView();
}

void BudgetBar::addField(Metric metric) {
  Field &field = m_fields[metric];
  if (field.box) return field.box->show();
  field.box = new QWidget;
  auto *row = new QHBoxLayout(field.box);
  row->setContentsMargins(0, 0, 8, 0);
  field.edit = new QLineEdit;
  field.edit->setObjectName(QStringLiteral("budget_") + metricKey(metric));
  field.edit->setAccessibleName(QStringLiteral("%1 budget").arg(metricTitle(metric)));
  field.edit->setPlaceholderText(QStringLiteral("any"));
  field.edit->setMaximumWidth(fontMetrics().averageCharWidth() * 12);
  field.edit->setClearButtonEnabled(true);
  field.edit->setToolTip(info(metric).unit[0] == '\0' ? QString()
                                                      : QStringLiteral("A plain number is in %1; other units: %2")
                                                            .arg(QString::fromUtf8(info(metric).unit),
                                                                 unitsOf(metric).join(QStringLiteral(", "))));
  auto *name = caption(QStringLiteral("%1 %2").arg(metricTitle(metric), comparison(metric)));
  name->setBuddy(field.edit);
  row->addWidget(name);
  row->addWidget(field.edit);
  row->addWidget(caption(QString::fromUtf8(info(metric).unit)));
  connect(field.edit, &QLineEdit::editingFinished, this, [this, metric] { commit(metric); });
  connect(field.edit, &QLineEdit::textEdited, this, [this, metric] { recheck(metric); });
  // The clear button works at once; typing waits for Enter or for the focus to go.
  if (auto *clear = field.edit->findChild<QAction *>())
    connect(
        clear, &QAction::triggered, this, [this, metric] { commit(metric); }, Qt::QueuedConnection);
  m_row->insertWidget(1 + static_cast<int>(m_fields.size()) - 1, field.box);
}

void BudgetBar::recheck(Metric metric) {
  Field &field = m_fields[metric];
  if (!field.bad) return;
  const QString typed = field.edit->text();
  if (!typed.trimmed().isEmpty()) {
    try {
      (void)limitFrom(metric, typed);
    } catch (const Error &) {
      return;
    }
  }
  field.bad = false;
  m_session.complain(about(metric), {});
  showAnswer();
}

void BudgetBar::commit(Metric metric) {
  ViewState view = m_session.view();
  const QString typed = m_fields[metric].edit->text();
  const QString title = metricTitle(metric).toLower();
  if (typed.trimmed().isEmpty()) {
    recheck(metric);
    view.budgets.erase(metric);
    return m_session.change(QStringLiteral("No budget for %1").arg(title), view);
  }
  try {
    const double limit = limitFrom(metric, typed);
    recheck(metric);
    view.budgets[metric] = limit;
    m_session.change(QStringLiteral("Budget: %1 %2 %3").arg(title, comparison(metric), shortValue(metric, limit)),
                     view);
  } catch (const Error &error) {
    m_fields[metric].bad = true;
    m_session.complain(about(metric), error.message());
    showAnswer();
  }
}

void BudgetBar::showView() {
  const auto &budgets = m_session.view().budgets;
  for (const auto &[metric, limit] : budgets) addField(metric);
  for (auto &[metric, field] : m_fields) {
    if (field.bad) continue;  // what is typed stays until it is mended
    const QSignalBlocker quiet(field.edit);
    const auto limit = budgets.find(metric);
    field.edit->setText(limit == budgets.end() ? QString() : exactNumber(limit->second));
  }
  showAnswer();
}

void BudgetBar::showAnswer() {
  const auto &budgets = m_session.view().budgets;
  QStringList parts;
  for (const auto &[metric, field] : m_fields) {
    if (!field.bad) continue;
    const QString title = metricTitle(metric).toLower();
    const auto limit = budgets.find(metric);
    const QString text = limit == budgets.end()
                             ? QStringLiteral("What is typed for %1 is not taken: there is no such budget.").arg(title)
                             : QStringLiteral("What is typed for %1 is not taken: the budget stays %2.")
                                   .arg(title, shortValue(metric, limit->second));
    parts << htmlEscaped(text);
  }
  if (!budgets.empty()) parts << budgetAnswer(m_session, AnswerFormat::Rich);
  m_answer->setText(parts.join(QLatin1Char(' ')));
  Q_EMIT answerChanged();
}

}  // namespace pimento
