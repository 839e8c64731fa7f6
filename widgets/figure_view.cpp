// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure_view.h"
#include "widgets/plain_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace pimento {

FigureView::FigureView(QWidget *parent) : QWidget(parent), m_style(screenStyle(*this)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
}

void FigureView::figureChanged() {
  if (m_selected && *m_selected >= itemCount()) m_selected.reset();
  m_style = screenStyle(*this);
  setAccessibleName(figure().title());
  layOut();
  describe();
  // Other values seldom need other room; asking for it lays the whole page out anew.
  const int height = hasHeightForWidth() ? heightForWidth(width()) : sizeHint().height();
  if (std::exchange(m_height, height) != height) updateGeometry();
  update();
}

void FigureView::describe() { setAccessibleDescription(m_selected ? textOf(*m_selected) : description()); }

void FigureView::setSelected(std::optional<std::size_t> item) {
  m_selected = item && *item < itemCount() ? item : std::nullopt;
  describe();
  update();
}

QSize FigureView::sizeHint() const {
  const double width = std::max(480.0, m_style.em() * 40);
  return {static_cast<int>(width), static_cast<int>(std::ceil(figure().heightFor(width, m_style)))};
}

QSize FigureView::minimumSizeHint() const {
  return {static_cast<int>(m_style.em() * 20), static_cast<int>(m_style.em() * 14)};
}

std::optional<std::size_t> FigureView::neighbour(std::size_t item, int key) const {
  const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
  if (back) return item > 0 ? std::optional(item - 1) : std::nullopt;
  return item + 1 < itemCount() ? std::optional(item + 1) : std::nullopt;
}

void FigureView::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  figure().paint(painter, QRectF(rect()), m_style);
  if (m_selected) paintSelection(painter, *m_selected);
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(m_style.theme.axis, m_style.hairline() * 1.5, Qt::DotLine));
  painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

void FigureView::resizeEvent(QResizeEvent *) {
  layOut();
  update();
}

void FigureView::changeEvent(QEvent *event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    m_style = screenStyle(*this);
    layOut();
    updateGeometry();
    update();
  }
  QWidget::changeEvent(event);
}

void FigureView::select(std::size_t item) {
  if (m_selected == item) return;
  setSelected(item);
  Q_EMIT itemSelected(item);
}

void FigureView::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  const auto item = itemAt(event->position());
  if (!item) return;
  select(*item);
  Q_EMIT itemActivated(*item);
}

void FigureView::mouseMoveEvent(QMouseEvent *event) {
  const auto item = itemAt(event->position());
  if (!item) return QToolTip::hideText();
  QToolTip::showText(event->globalPosition().toPoint(), plainTip(textOf(*item)), this);
}

void FigureView::keyPressEvent(QKeyEvent *event) {
  const int key = event->key();
  const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
  const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space;
  if (enter && m_selected) {
    Q_EMIT itemActivated(*m_selected);
    return;
  }
  if (!arrow || itemCount() == 0) return QWidget::keyPressEvent(event);
  if (!m_selected)
    select(key == Qt::Key_Left || key == Qt::Key_Up ? itemCount() - 1 : 0);
  else if (const auto next = neighbour(*m_selected, key))
    select(*next);
  QToolTip::showText(mapToGlobal(placeOf(*m_selected).toPoint()), plainTip(textOf(*m_selected)), this);
}

}  // namespace pimento
