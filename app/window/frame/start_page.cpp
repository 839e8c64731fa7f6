// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/start_page.h"
#include "widgets/plain_text.h"

#include <QCommandLinkButton>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pimento {

namespace {

QLabel *paragraph(const QString &text) {
  auto *label = new QLabel(text);
  label->setWordWrap(true);
  return label;
}

QLabel *heading(const QString &text, double scale) {
  auto *label = new QLabel(text);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * scale);
  font.setBold(true);
  label->setFont(font);
  return label;
}

// A frame that says where files may be dropped; the whole window takes them.
QFrame *dropZone(QPushButton *browse) {
  auto *zone = new QFrame;
  zone->setObjectName(QStringLiteral("dropZone"));
  zone->setStyleSheet(QStringLiteral("#dropZone { border: 2px dashed palette(mid); border-radius: 8px; }"));
  auto *row = new QVBoxLayout(zone);
  row->setContentsMargins(16, 16, 16, 16);
  auto *text =
      paragraph(QStringLiteral("Drop a project (.pimento) or a table of designs (.csv) anywhere in the window."));
  text->setAlignment(Qt::AlignCenter);
  row->addWidget(text);
  row->addWidget(browse, 0, Qt::AlignHCenter);
  return zone;
}

}  // namespace

StartPage::StartPage(QWidget *parent)
    : QWidget(parent), m_choices(new QVBoxLayout), m_recent(new QVBoxLayout), m_recentBox(new QWidget) {
  auto *column = new QWidget;
  column->setMaximumWidth(640);
  auto *all = new QVBoxLayout(column);
  all->setSpacing(12);
  all->addWidget(heading(QStringLiteral("Pimento"), 2.0));
  all->addWidget(paragraph(
      QStringLiteral("Explore what dynamic neural networks cost on processing-in-memory hardware: accuracy against "
                     "energy, latency, power and memory, each number with its kind and its source.")));
  all->addLayout(m_choices);
  auto *browse = new QPushButton(QStringLiteral("&Open a file…"));
  browse->setObjectName(QStringLiteral("startOpen"));
  connect(browse, &QPushButton::clicked, this, &StartPage::browseRequested);
  auto *recent = new QVBoxLayout(m_recentBox);
  recent->setContentsMargins(0, 0, 0, 0);
  recent->addWidget(heading(QStringLiteral("Recent files"), 1.1));
  recent->addLayout(m_recent);
  m_recentBox->hide();
  all->addWidget(m_recentBox);
  all->addWidget(dropZone(browse));
  auto *centre = new QVBoxLayout(this);
  centre->addStretch(1);
  auto *row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(column, 4);
  row->addStretch(1);
  centre->addLayout(row);
  centre->addStretch(2);
}

void StartPage::addChoice(const QString &objectName, const QString &title, const QString &text,
                          const std::function<void()> &chosen) {
  auto *button = new QCommandLinkButton(title, text);
  button->setObjectName(objectName);
  button->setAccessibleName(title);
  button->setAccessibleDescription(text);
  connect(button, &QCommandLinkButton::clicked, this, chosen);
  m_choices->addWidget(button);
}

void StartPage::showRecent(const QStringList &files) {
  while (QLayoutItem *item = m_recent->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  for (const QString &file : files) {
    auto *button = new QPushButton(QFileInfo(file).fileName());
    button->setFlat(true);
    button->setStyleSheet(QStringLiteral("text-align: left;"));
    button->setToolTip(plainTip(file));
    button->setAccessibleName(QStringLiteral("Open %1").arg(file));
    connect(button, &QPushButton::clicked, this, [this, file] { Q_EMIT fileChosen(file); });
    m_recent->addWidget(button);
  }
  m_recentBox->setVisible(!files.isEmpty());
}

}  // namespace pimento
