// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/flow_layout.h"

#include <algorithm>

namespace pimento {

FlowLayout::FlowLayout(QWidget *parent) : QLayout(parent) {}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item) { m_items.emplace_back(item); }

QLayoutItem *FlowLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index) {
  if (index < 0 || index >= count()) return nullptr;
  const auto at = m_items.begin() + index;
  QLayoutItem *item = at->release();
  m_items.erase(at);
  return item;
}

int FlowLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), Moves::None); }

// In one line.
QSize FlowLayout::sizeHint() const {
  QSize size;
  for (const auto &item : m_items)
    size = QSize(size.width() + item->sizeHint().width() + (size.isEmpty() ? 0 : spacing()),
                 std::max(size.height(), item->sizeHint().height()));
  return size.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const auto &item : m_items) size = size.expandedTo(item->minimumSize());
  return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &area) {
  QLayout::setGeometry(area);
  arrange(area, Moves::Items);
}

int FlowLayout::arrange(const QRect &area, Moves moves) const {
  const QRect inside = area.marginsRemoved(contentsMargins());
  QPoint at = inside.topLeft();
  int line = 0;  // its height
  for (const auto &item : m_items) {
    if (item->isEmpty()) continue;
    const QSize size = item->sizeHint();
    if (at.x() > inside.left() && at.x() + size.width() > inside.left() + inside.width()) {
      at = QPoint(inside.left(), at.y() + line + spacing());
      line = 0;
    }
    if (moves == Moves::Items) item->setGeometry(QRect(at, size));
    at.rx() += size.width() + spacing();
    line = std::max(line, size.height());
  }
  return at.y() + line - area.top() + contentsMargins().bottom();
}

}  // namespace pimento
