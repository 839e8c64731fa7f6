// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, wheel and keyboard of the plot surface.
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <array>
#include <cmath>
#include <utility>

#include "widgets/figures/navigation.h"
#include "widgets/plain_text.h"
#include "widgets/plot_surface.h"

namespace pimento {

namespace {

constexpr double zoomStep = 1.25;

QRectF scaledAbout(const QRectF &box, QPointF centre, double factor) {
  return {centre + (box.topLeft() - centre) * factor, box.size() * factor};
}

}  // namespace

void PlotSurface::applyView(const View &view) {
  if (view == m_view) return;
  setView(view);
  Q_EMIT viewChanged();
}

void PlotSurface::applyRange(const View &part) {
  const ValueRange range = rangeOf(part);
  if (m_linked == range) return;
  setLinkedRange(range);
  Q_EMIT linkedRangeChanged(range);
}

bool PlotSurface::event(QEvent *event) {
  // Who rests on a point keeps its tip: what this widget does not answer, its parent does, and that has none there.
  if (event->type() == QEvent::ToolTip && m_gesture == Gesture::None) {
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const auto point = pointAt(help->pos())) {
      showTip(*point, help->globalPos());
      return true;
    }
  }
  // Tab moves on; the keys of the plot must win over shortcuts of the window while it has the focus.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    if (plain && (key->key() == Qt::Key_Space || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
      event->accept();
      return true;
    }
  }
  return QWidget::event(event);
}

void PlotSurface::mousePressEvent(QMouseEvent *event) {
  if (!m_cloud || event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  setFocus(Qt::MouseFocusReason);
  m_pressed = m_current = event->position();
  m_pressedView = m_view;
  m_pressedBox = linkedBox();
  m_gesture = Gesture::Click;
}

void PlotSurface::mouseMoveEvent(QMouseEvent *event) {
  if (m_gesture == Gesture::None) return hover(event->position(), event->globalPosition().toPoint());
  const double moved = (event->position() - m_pressed).manhattanLength();
  if (m_gesture == Gesture::Click && moved > 4) {
    const bool band = m_linked.has_value() || event->modifiers().testFlag(Qt::ShiftModifier);
    m_gesture = band ? Gesture::RubberBand : Gesture::Pan;
    if (m_pressedBox && m_pressedBox->contains(m_pressed)) m_gesture = Gesture::MoveRange;
  }
  drag(event->position());
}

void PlotSurface::drag(QPointF position) {
  m_current = position;
  const QRectF &area = m_frame.area;
  const QPointF moved = position - m_pressed;
  if (m_gesture == Gesture::Pan)
    applyView({m_pressedView.x.moved(-moved.x() / area.width()), m_pressedView.y.moved(moved.y() / area.height())});
  if (m_gesture == Gesture::MoveRange && m_pressedBox) {
    applyRange(partOf(m_view, m_pressedBox->translated(moved), area));
  }
  if (m_gesture == Gesture::RubberBand) update();
}

void PlotSurface::mouseReleaseEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || m_gesture == Gesture::None) return QWidget::mouseReleaseEvent(event);
  const Gesture gesture = std::exchange(m_gesture, Gesture::None);
  if (gesture == Gesture::Click) {
    if (const auto point = pointAt(event->position())) select(point);
    return;
  }
  const QRectF band = QRectF(m_pressed, m_current).normalized().intersected(m_frame.area);
  if (gesture == Gesture::RubberBand && band.width() > 6 && band.height() > 6) {
    const View part = partOf(m_view, band, m_frame.area);
    if (m_linked)
      applyRange(part);
    else
      applyView(part);
  }
  update();
  Q_EMIT viewSettled();
}

void PlotSurface::mouseDoubleClickEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || !m_cloud) return;
  m_gesture = Gesture::None;
  if (!m_linked) applyView(m_home);
  Q_EMIT resetRequested();
  Q_EMIT viewSettled();
}

void PlotSurface::leaveEvent(QEvent *event) {
  m_hovered.reset();
  update();
  QWidget::leaveEvent(event);
}

void PlotSurface::hover(QPointF position, QPoint global) {
  const auto point = pointAt(position);
  if (point == m_hovered) return;
  m_hovered = point;
  update();
  if (!point) return QToolTip::hideText();
  showTip(*point, global);
}

void PlotSurface::showTip(std::uint32_t point, QPoint global) {
  const ScatterData &points = m_cloud->data();
  const QString text = points.tooltip ? points.tooltip(point) : plainTip(points.labelOf(point));
  QToolTip::showText(global, text, this);
}

void PlotSurface::zoomAbout(QPointF position, double factor) {
  const QRectF &area = m_frame.area;
  if (m_linked) {
    if (const auto box = linkedBox()) applyRange(partOf(m_view, scaledAbout(*box, box->center(), factor), area));
    return;
  }
  const double ux = std::clamp((position.x() - area.left()) / area.width(), 0.0, 1.0);
  const double uy = std::clamp((area.bottom() - position.y()) / area.height(), 0.0, 1.0);
  applyView({m_view.x.zoomed(factor, ux), m_view.y.zoomed(factor, uy)});
}

void PlotSurface::wheelEvent(QWheelEvent *event) {
  if (!m_cloud || event->angleDelta().y() == 0) return QWidget::wheelEvent(event);
  zoomAbout(event->position(), std::pow(zoomStep, -event->angleDelta().y() / 120.0));
  Q_EMIT viewSettled();
  event->accept();
}

void PlotSurface::select(std::optional<std::uint32_t> point) {
  if (!point) return;
  m_marks.selected = point;
  setAccessibleDescription(m_cloud->data().labelOf(*point));
  update();
  Q_EMIT pointSelected(*point);
}

bool PlotSurface::navigate(int key, Qt::KeyboardModifiers modifiers) {
  constexpr double step = 0.1;
  static constexpr std::array<std::pair<int, Direction>, 4> arrows{{{Qt::Key_Left, Direction::Left},
                                                                    {Qt::Key_Right, Direction::Right},
                                                                    {Qt::Key_Up, Direction::Up},
                                                                    {Qt::Key_Down, Direction::Down}}};
  for (const auto &[arrow, direction] : arrows) {
    if (key != arrow) continue;
    if (!modifiers.testFlag(Qt::ControlModifier)) {
      select(nextPoint(*m_cloud, m_view, m_frame.area, m_marks.selected, direction));
      return true;
    }
    const double dx = direction == Direction::Left ? -step : direction == Direction::Right ? step : 0;
    const double dy = direction == Direction::Down ? -step : direction == Direction::Up ? step : 0;
    if (!m_linked)
      applyView({m_view.x.moved(dx), m_view.y.moved(dy)});
    else if (const auto box = linkedBox())
      applyRange(partOf(m_view, box->translated(dx * box->width(), -dy * box->height()), m_frame.area));
    Q_EMIT viewSettled();
    return true;
  }
  return false;
}

void PlotSurface::keyPressEvent(QKeyEvent *event) {
  if (!m_cloud || navigate(event->key(), event->modifiers())) return;
  switch (event->key()) {
    case Qt::Key_BracketLeft:
      return select(nextOnFront(m_cloud->data(), m_marks.selected, Along::Back));
    case Qt::Key_BracketRight:
      return select(nextOnFront(m_cloud->data(), m_marks.selected, Along::Forward));
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomAbout(m_frame.area.center(), 1 / zoomStep);
      break;
    case Qt::Key_Minus:
      zoomAbout(m_frame.area.center(), zoomStep);
      break;
    case Qt::Key_0:
    case Qt::Key_Home:
      if (!m_linked) applyView(m_home);
      Q_EMIT resetRequested();
      break;
    case Qt::Key_Space:
      if (m_marks.selected) Q_EMIT pinToggled(*m_marks.selected);
      return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (m_marks.selected) Q_EMIT inspectRequested(*m_marks.selected);
      return;
    default:
      return QWidget::keyPressEvent(event);
  }
  Q_EMIT viewSettled();
}

}  // namespace pimento
