// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QWidget>

namespace pimento {

// A small picture, as large as there is room, every pixel sharp.
class PictureView : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;
  void setPicture(const QImage &picture);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent *event) override;

 private:
  QImage m_picture;
};

}  // namespace pimento
