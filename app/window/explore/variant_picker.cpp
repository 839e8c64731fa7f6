// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/variant_picker.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/window/controls/colours.h"

namespace pimento {

namespace {

constexpr const char *RowProperty = "designRow";
constexpr std::size_t MostButtons = 8;

// The other variants a user could have in place of `row`: all else of the key being equal.
std::vector<std::uint32_t> alternatives(const DesignTable &table, std::uint32_t row) {
  DesignKey wanted = table.key(row);
  std::vector<std::uint32_t> rows;
  for (std::uint32_t other = 0; other < table.size() && rows.size() <= MostButtons; ++other) {
    wanted.variant = table.key(other).variant;
    if (table.key(other) == wanted) rows.push_back(other);
  }
  return rows;
}

}  // namespace

QString choiceText(const Session &session, std::uint32_t row, std::optional<std::uint32_t> base) {
  const DesignTable &table = session.table();
  QStringList parts;
  for (const Metric metric : {Metric::Accuracy, Metric::Energy, Metric::Latency, Metric::Memory}) {
    const auto value = table.at(row, metric);
    if (!value) continue;
    QString text = valueText(table, row, metric);
    const auto other = base && *base != row ? table.at(*base, metric) : std::nullopt;
    if (other) text += QStringLiteral(" (%1)").arg(differenceText(metric, value->value, other->value));
    parts << text;
  }
  return designName(table, row) + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}

VariantPicker::VariantPicker(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_title(new QLabel), m_buttons(new QHBoxLayout), m_hint(new QLabel) {
  setObjectName(QStringLiteral("variantPicker"));
  m_hint->setObjectName(QStringLiteral("variantHint"));
  m_hint->setWordWrap(true);
  m_hint->setMinimumHeight(fontMetrics().lineSpacing() * 3);
  m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_buttons->setSpacing(4);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->addWidget(m_title);
  column->addLayout(m_buttons);
  column->addWidget(m_hint);
  connect(&session, &Session::selectionChanged, this, &VariantPicker::reload);
  reload();
}

QString VariantPicker::hint() const { return m_hint->text(); }

void VariantPicker::reload() {
  while (QLayoutItem *item = m_buttons->takeAt(0)) {
    item->widget()->hide();  // it lives until the event at hand is done
    item->widget()->deleteLater();
    delete item;
  }
  const auto selected = m_session.selected();
  const auto rows = selected ? alternatives(m_session.table(), *selected) : std::vector<std::uint32_t>();
  setVisible(rows.size() > 1 && rows.size() <= MostButtons);
  if (isHidden()) return;
  const DesignTable &table = m_session.table();
  const auto network = m_session.study().originOf(*selected).network;
  const bool modules = network && hasExtractor(network->network);
  m_title->setText(networkTitle(table.name(table.key(*selected).network)) +
                   (modules ? QStringLiteral(": feature extractor +") : QStringLiteral(": variant")));
  for (const std::uint32_t row : rows) {
    auto *button = new QToolButton;
    const QString variant = table.name(table.key(row).variant);
    button->setText(modules ? headTitle(variant) : variantTitle(variant));
    button->setObjectName(QStringLiteral("pick_") + variant);
    button->setAccessibleName(QStringLiteral("Choose %1").arg(designName(table, row)));
    button->setAccessibleDescription(choiceText(m_session, row, selected));
    button->setCheckable(true);
    button->setStyleSheet(chosenLook());
    button->setChecked(row == *selected);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setProperty(RowProperty, row);
    button->installEventFilter(this);
    // Queued: selecting rebuilds the buttons, and this one is still at work.
    connect(
        button, &QToolButton::clicked, this, [this, row] { m_session.select(row); }, Qt::QueuedConnection);
    m_buttons->addWidget(button);
  }
  preview(selected);
}

void VariantPicker::preview(std::optional<std::uint32_t> row) {
  m_hint->setText(row ? choiceText(m_session, *row, m_session.selected()) : QString());
}

bool VariantPicker::eventFilter(QObject *watched, QEvent *event) {
  const QVariant row = watched->property(RowProperty);
  if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn) preview(row.toUInt());
  if (event->type() == QEvent::Leave) preview(m_session.selected());
  return QWidget::eventFilter(watched, event);
}

}  // namespace pimento
