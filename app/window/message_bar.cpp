// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/message_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace pimento {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel), m_text(new QLabel), m_choices(new QHBoxLayout) {
  setObjectName(QStringLiteral("messageBar"));
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::ToolTipBase);
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_text->setAccessibleName(QStringLiteral("Message"));
  auto *close = new QToolButton;
  close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  close->setAutoRaise(true);
  close->setAccessibleName(QStringLiteral("Dismiss the message"));
  close->setToolTip(QStringLiteral("Dismiss"));
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 4, 4);
  row->addWidget(m_icon);
  row->addWidget(m_text, 1);
  row->addLayout(m_choices);
  row->addWidget(close);
  hide();
}

void MessageBar::say(const QString &text, Tone tone, const std::vector<Choice> &choices) {
  while (QLayoutItem *item = m_choices->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  for (const Choice &choice : choices) {
    auto *button = new QPushButton(choice.text);
    connect(button, &QPushButton::clicked, this, [this, chosen = choice.chosen] {
      hide();
      chosen();
    });
    m_choices->addWidget(button);
  }
  const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
  const auto icon = tone == Tone::Problem ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation;
  m_icon->setPixmap(style()->standardIcon(icon).pixmap(size, size));
  m_icon->setAccessibleName(tone == Tone::Problem ? QStringLiteral("Problem") : QStringLiteral("Note"));
  m_text->setText(text);
  show();
  QAccessibleEvent event(m_text, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

QString MessageBar::text() const { return isHidden() ? QString() : m_text->text(); }

}  // namespace pimento
