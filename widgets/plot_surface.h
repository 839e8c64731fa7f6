// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QWidget>

#include "core/base/background.h"
#include "widgets/figures/scatter_painter.h"

namespace pimento {

// One interactive panel. Drag pans, Shift + drag zooms into a rectangle, the wheel zooms, double click resets. Arrows
// go to the nearest point, [ and ] along the front, Space pins, Enter inspects, + - 0 zoom, Ctrl + arrows pan.
// With a linked range (the overview of a pair) the panel stays as it is and its gestures move that range instead.
class PlotSurface : public QWidget {
  Q_OBJECT
 public:
  explicit PlotSurface(QWidget *parent = nullptr);

  void setPoints(PointCloudPtr cloud, const View &home);  // shows `home`
  void setAxes(const PanelAxes &axes);                    // of the points, in units of another panel
  void setMarks(const ScatterMarks &marks);
  void setView(const View &view);
  void setHome(const View &home) { m_home = home; }  // what a reset goes back to
  void setLinkedRange(const std::optional<ValueRange> &range);

  [[nodiscard]] const View &view() const { return m_view; }
  [[nodiscard]] QRectF area() const { return m_frame.area; }  // of the points, in the widget
  [[nodiscard]] std::optional<std::uint32_t> pointAt(QPointF position) const;
  [[nodiscard]] bool layerIsCurrent() const;  // the points drawn belong to the present view
  [[nodiscard]] QSize minimumSizeHint() const override { return {160, 120}; }

 Q_SIGNALS:
  void pointSelected(quint32 point);
  void pinToggled(quint32 point);
  void inspectRequested(quint32 point);
  void viewChanged();                                         // by the user
  void viewSettled();                                         // a gesture that changed it has ended
  void linkedRangeChanged(const pimento::ValueRange &range);  // by the user
  void resetRequested();
  void layerReady();

 protected:
  bool event(QEvent *event) override;
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void leaveEvent(QEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

 private:
  enum class Gesture { None, Click, Pan, RubberBand, MoveRange };

  // The points as drawn for a view. While it changes the image is moved and scaled, and drawn anew in another thread.
  struct Layer {
    QImage image;
    View view;
    QSizeF size;
  };

  void updateFrame();
  void paintLayer(QPainter &painter);
  void renderNow();
  void renderInBackground();
  void paintWaiting(QPainter &painter);  // in the place of points that are not drawn yet
  void forgetLayer();
  [[nodiscard]] Layer emptyLayer() const;
  void applyView(const View &view);  // by the user: emits
  void applyRange(const View &part);
  void drag(QPointF position);
  void hover(QPointF position, QPoint global);
  void showTip(std::uint32_t point, QPoint global);
  void zoomAbout(QPointF position, double factor);
  void select(std::optional<std::uint32_t> point);
  bool navigate(int key, Qt::KeyboardModifiers modifiers);
  [[nodiscard]] std::optional<QRectF> linkedBox() const;  // on the screen

  PointCloudPtr m_cloud;
  PanelAxes m_axes;
  View m_home;
  View m_view;
  ScatterMarks m_marks;
  std::optional<ValueRange> m_linked;
  PlotFrame m_frame;
  Style m_style;
  Layer m_layer;
  bool m_layerStale = true;  // of other points or colours: must not be shown
  int m_look = 0;            // counts points and colours
  bool m_rendering = false;
  bool m_direct = false;  // few points: markers in every frame, no image
  std::optional<std::uint32_t> m_hovered;
  Gesture m_gesture = Gesture::None;
  QPointF m_pressed;
  QPointF m_current;
  View m_pressedView;
  std::optional<QRectF> m_pressedBox;
  Background m_painting;
};

}  // namespace pimento
