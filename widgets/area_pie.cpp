// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/area_pie.h"
#include "widgets/plain_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace pimento {

AreaPie::AreaPie(QWidget *parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(QStringLiteral("Pie"));
}

void AreaPie::setData(PieData content) {
  m_figure = PieFigure(std::move(content));
  setAccessibleName(m_figure.title());
  QStringList texts{m_figure.data().takeaway};
  for (std::size_t i = 0; i < m_figure.data().slices.size(); ++i) texts << textOf(i);
  setAccessibleDescription(texts.join(QStringLiteral("; ")));
  updateGeometry();
  update();
}

void AreaPie::setSelected(std::optional<std::size_t> slice) {
  m_figure.setSelected(slice && *slice < m_figure.data().slices.size() ? slice : std::nullopt);
  update();
}

QString AreaPie::textOf(std::size_t slice) const {
  const QString share = m_figure.shareText(slice);
  const QString text = QStringLiteral("%1: %2").arg(m_figure.data().slices[slice].name, m_figure.valueText(slice));
  return share.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, share);
}

QSize AreaPie::sizeHint() const {
  return {620, static_cast<int>(std::ceil(m_figure.heightFor(620, screenStyle(*this))))};
}

QSize AreaPie::minimumSizeHint() const {
  const Style style = screenStyle(*this);
  const double width = style.em() * 42;  // the table beside the pie
  return {static_cast<int>(width), static_cast<int>(std::ceil(m_figure.heightFor(width, style)))};
}

PieFigure::Layout AreaPie::currentLayout() const { return m_figure.layout(QRectF(rect()), screenStyle(*this)); }

void AreaPie::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Style style = screenStyle(*this);
  m_figure.paint(painter, QRectF(rect()), style);
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(style.theme.axis, style.hairline() * 1.5, Qt::DotLine));
  painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

void AreaPie::changeEvent(QEvent *event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
  QWidget::changeEvent(event);
}

void AreaPie::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  if (const auto slice = m_figure.sliceAt(currentLayout(), event->position())) select(*slice);
}

void AreaPie::mouseMoveEvent(QMouseEvent *event) {
  const auto slice = m_figure.sliceAt(currentLayout(), event->position());
  if (!slice) return QToolTip::hideText();
  QToolTip::showText(event->globalPosition().toPoint(), plainTip(textOf(*slice)), this);
}

void AreaPie::select(std::size_t slice) {
  setSelected(slice);
  setAccessibleDescription(textOf(slice));
  Q_EMIT sliceSelected(slice);
}

void AreaPie::keyPressEvent(QKeyEvent *event) {
  const std::size_t count = m_figure.data().slices.size();
  const auto selected = m_figure.selected();
  if (count == 0 || (event->key() != Qt::Key_Up && event->key() != Qt::Key_Down)) return QWidget::keyPressEvent(event);
  if (!selected) return select(event->key() == Qt::Key_Down ? 0 : count - 1);
  if (event->key() == Qt::Key_Down && *selected + 1 < count) select(*selected + 1);
  if (event->key() == Qt::Key_Up && *selected > 0) select(*selected - 1);
}

}  // namespace pimento
