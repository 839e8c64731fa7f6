// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot_surface.h"

#include <QEvent>
#include <QPainter>
#include <cmath>

#include "core/base/format.h"
#include "widgets/figures/point_layer.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

// Up to here markers are drawn in every frame; above they are kept in an image.
constexpr std::size_t directMarkers = 150;
// Up to here an image is drawn before the frame that needs it: in a few milliseconds.
constexpr std::size_t drawnAtOnce = 100'000;

QImage renderLayer(const PointCloud &cloud, const View &view, QSizeF size, double ratio, const Style &style,
                   const std::stop_token &stop = {}) {
  QImage image((size * ratio).toSize().expandedTo(QSize(1, 1)), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  paintPoints(painter, QRectF(QPointF(), size), cloud, view, style, ratio, stop);
  return image;
}

// Where the old view lies within the new one, in the rectangle of the new one.
QRectF placeOf(const View &old, const View &now, const QRectF &area) {
  const auto unit = [](const Scale &scale, double axis) {
    return (axis - scale.axisLow()) / (scale.axisHigh() - scale.axisLow());
  };
  const double left = area.left() + unit(now.x, old.x.axisLow()) * area.width();
  const double right = area.left() + unit(now.x, old.x.axisHigh()) * area.width();
  const double bottom = area.bottom() - unit(now.y, old.y.axisLow()) * area.height();
  const double top = area.bottom() - unit(now.y, old.y.axisHigh()) * area.height();
  return {QPointF(left, top), QPointF(right, bottom)};
}

}  // namespace

PlotSurface::PlotSurface(QWidget *parent) : QWidget(parent), m_style(screenStyle(*this)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(QStringLiteral("Trade-off plot"));
  setAccessibleDescription(
      QStringLiteral("Arrow keys go to the nearest point, [ and ] along the front, Space pins, Enter inspects. "
                     "The table of designs holds the same points."));
}

void PlotSurface::setPoints(PointCloudPtr cloud, const View &home) {
  m_cloud = std::move(cloud);
  m_axes = {m_cloud->data().xAxis, m_cloud->data().yAxis};
  m_home = home;
  m_view = home;
  m_hovered.reset();
  forgetLayer();
  updateFrame();
}

void PlotSurface::setAxes(const PanelAxes &axes) {
  if (axes == m_axes) return;
  m_axes = axes;
  updateFrame();
}

void PlotSurface::setMarks(const ScatterMarks &marks) {
  m_marks = marks;
  update();
}

void PlotSurface::setView(const View &view) {
  m_view = view;
  updateFrame();
}

void PlotSurface::setLinkedRange(const std::optional<ValueRange> &range) {
  m_linked = range;
  update();
}

std::optional<std::uint32_t> PlotSurface::pointAt(QPointF position) const {
  if (!m_cloud || !m_frame.area.adjusted(-4, -4, 4, 4).contains(position)) return std::nullopt;
  const auto point = m_cloud->nearest(position, m_view, m_frame.area, m_style.em());
  return point && m_cloud->visible(*point, m_view) ? point : std::nullopt;
}

bool PlotSurface::layerIsCurrent() const {
  return m_direct || (!m_layerStale && m_layer.view == m_view && m_layer.size == m_frame.area.size());
}

std::optional<QRectF> PlotSurface::linkedBox() const {
  if (!m_linked) return std::nullopt;
  return rangeBox(m_view, *m_linked, m_frame.area, m_style.em() * 0.5);
}

void PlotSurface::updateFrame() {
  m_style = screenStyle(*this);
  if (m_cloud) m_frame = layoutFrame(QRectF(rect()), m_view, m_axes.x, m_axes.y, m_style);
  update();
}

void PlotSurface::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.fillRect(rect(), m_style.theme.background);
  if (!m_cloud) return;
  painter.setRenderHint(QPainter::Antialiasing);
  paintFrame(painter, m_frame, m_view, m_style);
  paintUnder(painter, m_frame.area, *m_cloud, m_view, m_style);
  if (m_linked) paintLinkedRange(painter, m_frame.area, m_view, *m_linked, m_style);
  paintLayer(painter);
  paintOver(painter, m_frame.area, *m_cloud, m_view, m_marks, m_linked, m_style);
  if (m_hovered && m_cloud->visible(*m_hovered, m_view)) {
    painter.setPen(QPen(m_style.theme.text, m_style.hairline() * 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(m_cloud->position(*m_hovered, m_view, m_frame.area), m_style.em() * 0.62, m_style.em() * 0.62);
  }
  if (m_gesture == Gesture::RubberBand)
    paintLinkedRange(painter, m_frame.area, m_view,
                     rangeOf(partOf(m_view, QRectF(m_pressed, m_current).normalized(), m_frame.area)), m_style);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_style.theme.axis, m_style.hairline() * 2.4));
    painter.drawRect(m_frame.area);
  }
}

void PlotSurface::paintLayer(QPainter &painter) {
  m_direct = m_cloud->countVisible(m_view, directMarkers + 1) <= directMarkers;
  if (m_direct) return paintPoints(painter, m_frame.area, *m_cloud, m_view, m_style, devicePixelRatioF());
  if (m_layerStale && m_cloud->data().size() <= drawnAtOnce) renderNow();
  if (!layerIsCurrent()) renderInBackground();
  if (m_layerStale) return paintWaiting(painter);
  painter.save();
  painter.setClipRect(m_frame.area);
  const QRectF place = placeOf(m_layer.view, m_view, m_frame.area);
  const bool moved =
      std::abs(place.width() - m_layer.size.width()) < 0.5 && std::abs(place.height() - m_layer.size.height()) < 0.5;
  // A move by whole pixels is a plain copy.
  if (moved)
    painter.drawImage(place.topLeft().toPoint() + (m_frame.area.topLeft() - m_frame.area.topLeft().toPoint()),
                      m_layer.image);
  else
    painter.drawImage(place, m_layer.image);
  painter.restore();
}

void PlotSurface::paintWaiting(QPainter &painter) {
  drawText(painter, m_frame.area, Qt::AlignCenter,
           QStringLiteral("Drawing %1 designs…").arg(grouped(static_cast<qint64>(m_cloud->data().size()))),
           m_style.font, m_style.theme.mutedText, m_style);
}

void PlotSurface::forgetLayer() {
  m_layerStale = true;
  m_rendering = false;  // whatever is being drawn is of the points or colours before
  ++m_look;
}

PlotSurface::Layer PlotSurface::emptyLayer() const { return {QImage(), m_view, m_frame.area.size()}; }

void PlotSurface::renderNow() {
  m_layer = emptyLayer();
  m_layer.image = renderLayer(*m_cloud, m_view, m_frame.area.size(), devicePixelRatioF(), m_style);
  m_layerStale = false;
}

void PlotSurface::renderInBackground() {
  if (m_rendering) return;  // the next one starts when this one is done, with the view of then
  m_rendering = true;
  m_painting.start(
      this, [this, cloud = m_cloud, look = m_look, layer = emptyLayer(), style = m_style, ratio = devicePixelRatioF()](
                const std::stop_token &stop, const Background::Post &post) mutable {
        layer.image = renderLayer(*cloud, layer.view, layer.size, ratio, style, stop);
        post([this, look, layer] {
          if (look != m_look) return;
          m_rendering = false;
          m_layer = layer;
          m_layerStale = false;
          update();
          Q_EMIT layerReady();
        });
      });
}

void PlotSurface::resizeEvent(QResizeEvent *) { updateFrame(); }

void PlotSurface::changeEvent(QEvent *event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    forgetLayer();
    updateFrame();
  }
  QWidget::changeEvent(event);
}

}  // namespace pimento
