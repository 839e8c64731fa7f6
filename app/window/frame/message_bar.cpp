// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/message_bar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

namespace pimento {

namespace {

constexpr int Margin = 8;        // to the edges of the parent
constexpr int NoteMs = 10'000;   // that a note stands
constexpr int ProgressEms = 16;  // characters: width of the progress
constexpr int ClearEms = 40;     // characters: less room is none

}  // namespace

MessageRow::MessageRow(const QString &name)
    : m_icon(new QLabel), m_text(new QLabel), m_progress(new QProgressBar), m_choices(new QHBoxLayout) {
  m_progress->setObjectName(QStringLiteral("messageProgress"));
  m_progress->setAccessibleName(QStringLiteral("Progress"));
  m_progress->setRange(0, 100);
  m_progress->setFixedWidth(fontMetrics().averageCharWidth() * ProgressEms);
  m_progress->hide();
  m_text->setForegroundRole(QPalette::ToolTipText);
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_text->setAccessibleName(name);
  auto *close = new QToolButton;
  close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  close->setAutoRaise(true);
  close->setAccessibleName(QStringLiteral("Dismiss the %1").arg(name.toLower()));
  close->setToolTip(QStringLiteral("Dismiss"));
  connect(close, &QToolButton::clicked, this, [this] {
    const auto ended = m_ended;  // a copy: it may be replaced on the way
    if (ended) ended();
  });
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 4, 4);
  row->addWidget(m_icon);
  row->addWidget(m_text, 1);
  row->addWidget(m_progress);
  row->addLayout(m_choices);
  row->addWidget(close);
  hide();
}

void MessageRow::display(const QString &text, MessageBar::Tone tone, const std::vector<MessageBar::Choice> &choices,
                         const std::function<void()> &ended) {
  while (QLayoutItem *item = m_choices->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();
    delete item;
  }
  m_ended = ended;
  for (const MessageBar::Choice &choice : choices) {
    auto *button = new QPushButton(choice.text);
    connect(button, &QPushButton::clicked, this, [this, chosen = choice.chosen] {
      const auto end = m_ended;  // copies: ending may ask the next question, which replaces both
      const auto action = chosen;
      end();
      action();
    });
    m_choices->addWidget(button);
    button->show();  // a layout would do so later
  }
  const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
  const auto icon = tone == MessageBar::Tone::Problem ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation;
  m_icon->setPixmap(style()->standardIcon(icon).pixmap(size, size));
  m_icon->setAccessibleName(tone == MessageBar::Tone::Problem ? QStringLiteral("Problem") : QStringLiteral("Note"));
  m_text->setText(text);
  m_progress->hide();
  show();
  QAccessibleEvent event(m_text, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

void MessageRow::setProgress(double share) {
  m_progress->setValue(qRound(100 * share));
  m_progress->show();
}

QString MessageRow::text() const { return isHidden() ? QString() : m_text->text(); }

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent),
      m_said(new MessageRow(QStringLiteral("Message"))),
      m_asked(new MessageRow(QStringLiteral("Question"))) {
  setObjectName(QStringLiteral("messageBar"));
  m_asked->setObjectName(QStringLiteral("questionRow"));
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::ToolTipBase);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_asked);
  column->addWidget(m_said);
  m_leave.setSingleShot(true);
  m_leave.setInterval(NoteMs);
  connect(&m_leave, &QTimer::timeout, this, [this] {
    if (underMouse())
      m_leave.start();  // it is being read
    else
      clear();
  });
  if (parent) parent->installEventFilter(this);
  hide();
}

void MessageBar::showRows() {
  setVisible(!m_said->isHidden() || !m_asked->isHidden());
  raise();
  place();
}

void MessageBar::say(const QString &text, Tone tone, const std::vector<Choice> &choices) {
  m_said->display(text, tone, choices, [this] { clear(); });
  m_follows = false;
  if (tone == Tone::Note && choices.empty())
    m_leave.start();
  else
    m_leave.stop();
  showRows();
}

void MessageBar::follow(const QString &text, const std::function<void()> &cancel) {
  say(text, Tone::Note, {{QStringLiteral("Cancel"), cancel}});
  m_said->setProgress(0);
  m_follows = true;
  place();
}

void MessageBar::setProgress(double share) {
  if (m_follows && !m_said->isHidden()) m_said->setProgress(share);
}

void MessageBar::setRoom(QWidget *page, const std::function<QRect()> &clear) {
  m_page = page;
  m_clear = clear;
  page->installEventFilter(this);
  place();
}

int MessageBar::heightFor(int width) const {
  return std::max(layout()->totalHeightForWidth(width), layout()->totalMinimumSize().height());
}

void MessageBar::place() {
  if (!parentWidget() || isHidden()) return;
  for (QWidget *row : {m_asked, m_said}) row->updateGeometry();  // a text has changed: else its height before counts
  layout()->activate();
  const int least = minimumSizeHint().width();
  const QRect clear = m_clear ? m_clear() : QRect();
  if (clear.width() >= std::max(least, fontMetrics().averageCharWidth() * ClearEms)) {
    const int height = heightFor(clear.width());
    if (height <= clear.height())
      return setGeometry(clear.left(), clear.top() + (clear.height() - height) / 2, clear.width(), height);
  }
  const QRect all = m_page ? QRect(m_page->mapTo(parentWidget(), QPoint()), m_page->size()) : parentWidget()->rect();
  const QRect room = all.adjusted(Margin, Margin, -Margin, -Margin);
  const int width = std::max(room.width(), least);
  const int height = heightFor(width);
  setGeometry(room.left(), std::max(room.top(), room.bottom() + 1 - height), width, height);
}

bool MessageBar::event(QEvent *event) {
  const bool handled = QFrame::event(event);
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) place();
  return handled;
}

bool MessageBar::eventFilter(QObject *watched, QEvent *event) {
  if ((watched == parent() || watched == m_page) && event->type() == QEvent::Resize) place();
  return QFrame::eventFilter(watched, event);
}

void MessageBar::clear() {
  m_said->hide();
  showRows();
}

QString MessageBar::text() const { return isHidden() ? QString() : m_said->text(); }

void MessageBar::ask(const QString &key, const QString &text, const std::vector<Choice> &choices) {
  const auto same = std::ranges::find(m_questions, key, &Question::key);
  if (same != m_questions.end())
    *same = {key, text, choices};
  else
    m_questions.push_back({key, text, choices});
  showQuestion();
}

void MessageBar::withdraw(const QString &key) {
  std::erase_if(m_questions, [&](const Question &question) { return question.key == key; });
  showQuestion();
}

void MessageBar::showQuestion() {
  if (m_questions.empty()) {
    m_asked->hide();
  } else {
    const Question first = m_questions.front();
    const std::size_t more = m_questions.size() - 1;
    const QString text = more == 0 ? first.text : QStringLiteral("%1 (%2 more after this)").arg(first.text).arg(more);
    m_asked->display(text, Tone::Note, first.choices, [this, key = first.key] { withdraw(key); });
  }
  showRows();
}

QString MessageBar::question() const { return isHidden() ? QString() : m_asked->text(); }

}  // namespace pimento
