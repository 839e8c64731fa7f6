// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bar_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

#include "core/base/format.h"
#include "widgets/plain_text.h"

namespace pimento {

BarChart::BarChart(QWidget *parent) : QWidget(parent), m_style(screenStyle(*this)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(QStringLiteral("Bars"));
}

void BarChart::setData(BarData content) {
  m_figure = BarFigure(std::move(content));
  m_selected.reset();
  m_part.reset();
  setAccessibleName(m_figure.title());
  setAccessibleDescription(m_figure.data().takeaway);
  updateLayout();
  updateGeometry();
}

void BarChart::setSelected(std::optional<std::size_t> bar) {
  m_selected = bar && *bar < m_figure.data().bars.size() ? bar : std::nullopt;
  m_part.reset();
  update();
}

QString BarChart::textOf(std::size_t index, std::optional<std::size_t> part) const {
  const BarData &content = m_figure.data();
  const Bar &bar = content.bars[index];
  const auto written = [&](double value) { return axisValue(content.axis, value); };
  const double sum = total(bar);
  if (!part) return QStringLiteral("%1: %2").arg(bar.name, written(sum));
  const BarPart &one = bar.parts[*part];
  QString text = QStringLiteral("%1, %2: %3")
                     .arg(bar.name, content.components[static_cast<qsizetype>(one.component)], written(one.value));
  if (bar.parts.size() > 1 && sum > 0 && std::isfinite(one.value))
    text += QStringLiteral(" (%1 %)").arg(fourDigits(100 * one.value / sum));
  return text;
}

std::optional<std::size_t> BarChart::barAt(QPointF position) const {
  const double row = (position.y() - m_layout.area.top()) / std::max(m_layout.row, 1e-9);
  if (row < 0 || row >= static_cast<double>(m_figure.data().bars.size())) return std::nullopt;
  return static_cast<std::size_t>(row);
}

std::optional<std::size_t> BarChart::partAt(std::size_t bar, QPointF position) const {
  for (std::size_t part = 0; part < m_figure.data().bars[bar].parts.size(); ++part)
    if (m_figure.partBox(m_layout, bar, part).adjusted(-1, 0, 1, 0).contains(position)) return part;
  return std::nullopt;
}

QSize BarChart::sizeHint() const {
  const int width = std::max(480, this->width());
  return {480, static_cast<int>(std::ceil(m_figure.heightFor(width, m_style)))};
}

QSize BarChart::minimumSizeHint() const { return {280, sizeHint().height()}; }

void BarChart::updateLayout() {
  m_style = screenStyle(*this);
  m_layout = m_figure.layout(QRectF(rect()), m_style);
  update();
}

void BarChart::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  m_figure.paint(painter, QRectF(rect()), m_style);
  if (!m_selected) return;
  const QRectF box = m_part ? m_figure.partBox(m_layout, *m_selected, *m_part) : m_figure.barBox(m_layout, *m_selected);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(m_style.theme.selection, m_style.hairline() * 2));
  painter.drawRect(box);
}

void BarChart::resizeEvent(QResizeEvent *) { updateLayout(); }

void BarChart::changeEvent(QEvent *event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) updateLayout();
  QWidget::changeEvent(event);
}

void BarChart::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  if (const auto bar = barAt(event->position())) select(*bar, std::nullopt);
}

void BarChart::mouseMoveEvent(QMouseEvent *event) {
  const auto bar = barAt(event->position());
  if (!bar) return QToolTip::hideText();
  QToolTip::showText(event->globalPosition().toPoint(), plainTip(textOf(*bar, partAt(*bar, event->position()))), this);
}

void BarChart::select(std::size_t bar, std::optional<std::size_t> part) {
  const bool other = m_selected != bar;
  m_selected = bar;
  m_part = part;
  setAccessibleDescription(textOf(bar, part));
  update();
  if (other) Q_EMIT barSelected(bar);
}

void BarChart::keyPressEvent(QKeyEvent *event) {
  const std::size_t count = m_figure.data().bars.size();
  const int key = event->key();
  const bool ours = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
  if (!ours || count == 0) return QWidget::keyPressEvent(event);
  if (!m_selected) return select(key == Qt::Key_Up ? count - 1 : 0, std::nullopt);
  if (key == Qt::Key_Up && *m_selected > 0) return select(*m_selected - 1, std::nullopt);
  if (key == Qt::Key_Down && *m_selected + 1 < count) return select(*m_selected + 1, std::nullopt);
  const std::size_t parts = m_figure.data().bars[*m_selected].parts.size();
  if (key == Qt::Key_Right && parts > 0) select(*m_selected, m_part ? std::min(*m_part + 1, parts - 1) : 0);
  if (key == Qt::Key_Left && m_part) select(*m_selected, *m_part > 0 ? std::optional(*m_part - 1) : std::nullopt);
}

}  // namespace pimento
