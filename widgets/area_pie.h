// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/figures/pie_figure.h"

namespace pimento {

// The pie with its table on the screen. The mouse or the up and down keys select a slice, which moves out of the pie
// and is told as text.
class AreaPie : public QWidget {
  Q_OBJECT
 public:
  explicit AreaPie(QWidget *parent = nullptr);

  void setData(PieData content);
  void setSelected(std::optional<std::size_t> slice);

  [[nodiscard]] const PieFigure &figure() const { return m_figure; }  // for exports
  [[nodiscard]] QString textOf(std::size_t slice) const;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void sliceSelected(std::size_t slice);

 protected:
  void paintEvent(QPaintEvent *event) override;
  void changeEvent(QEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

 private:
  void select(std::size_t slice);
  [[nodiscard]] PieFigure::Layout currentLayout() const;

  PieFigure m_figure;
};

}  // namespace pimento
