// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/recording_device.h"

#include <QPainter>
#include <cmath>

namespace pimento {

class RecordingDevice::Engine : public QPaintEngine {
 public:
  Engine() : QPaintEngine(AllFeatures) {}
  bool begin(QPaintDevice *) override { return true; }
  bool end() override { return true; }
  void updateState(const QPaintEngineState &) override {}
  void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
  void drawImage(const QRectF &, const QImage &, const QRectF &, Qt::ImageConversionFlags) override {
    imageOpacities.push_back(painter()->brush().color().alpha());
  }
  void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
  void drawPath(const QPainterPath &) override {}
  void drawTextItem(const QPointF &at, const QTextItem &item) override {
    const QTransform transform = painter()->combinedTransform();
    const QRectF box(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
    const double scale = std::sqrt(std::abs(transform.determinant()));
    texts.push_back({item.text(), transform.mapRect(box), item.font().pixelSize() * scale});
  }
  [[nodiscard]] Type type() const override { return User; }

  std::vector<DrawnText> texts;
  std::vector<int> imageOpacities;
};

RecordingDevice::RecordingDevice(QSize size) : m_size(size), m_engine(std::make_unique<Engine>()) {}
RecordingDevice::~RecordingDevice() = default;
QPaintEngine *RecordingDevice::paintEngine() const { return m_engine.get(); }
const std::vector<DrawnText> &RecordingDevice::texts() const { return m_engine->texts; }
const std::vector<int> &RecordingDevice::imageOpacities() const { return m_engine->imageOpacities; }

int RecordingDevice::metric(PaintDeviceMetric metric) const {
  switch (metric) {
    case PdmWidth:
      return m_size.width();
    case PdmHeight:
      return m_size.height();
    case PdmDepth:
      return 32;
    case PdmDevicePixelRatio:
      return 1;
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
      return 96;
    default:
      return QPaintDevice::metric(metric);
  }
}

}  // namespace pimento
