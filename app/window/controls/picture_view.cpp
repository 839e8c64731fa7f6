// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/picture_view.h"

#include <QPainter>

namespace pimento {

static constexpr int UsualLines = 14;  // of text: the side of the picture
static constexpr int LeastLines = 6;

void PictureView::setPicture(const QImage &picture) {
  m_picture = picture;
  update();
}

QSize PictureView::sizeHint() const {
  const int side = fontMetrics().lineSpacing() * UsualLines;
  return {side, side};
}

QSize PictureView::minimumSizeHint() const {
  const int side = fontMetrics().lineSpacing() * LeastLines;
  return {side, side};
}

void PictureView::paintEvent(QPaintEvent * /*event*/) {
  QPainter painter(this);
  if (m_picture.isNull()) {
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    return;
  }
  QSize size = m_picture.size();
  size.scale(this->size(), Qt::KeepAspectRatio);
  const QRect place({(width() - size.width()) / 2, 0}, size);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, size.width() < m_picture.width());
  painter.drawImage(place, m_picture);
}

}  // namespace pimento
