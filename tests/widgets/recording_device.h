// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPaintDevice>
#include <QPaintEngine>
#include <QRectF>
#include <QString>
#include <memory>
#include <vector>

namespace pimento {

struct DrawnText {
  QString text;
  QRectF box;       // in the device
  double size = 0;  // of the font, in pixels of the device
};

// A paint device that keeps what is written on it, to check that no text is too small, cut or covered by another.
class RecordingDevice : public QPaintDevice {
 public:
  explicit RecordingDevice(QSize size);
  ~RecordingDevice() override;
  [[nodiscard]] QPaintEngine *paintEngine() const override;
  [[nodiscard]] const std::vector<DrawnText> &texts() const;
  [[nodiscard]] const std::vector<int> &imageOpacities() const;  // alpha of the brush at each image, as PDF takes it

 protected:
  [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

 private:
  class Engine;
  QSize m_size;
  std::unique_ptr<Engine> m_engine;
};

}  // namespace pimento
